Option Explicit
' 政府信息公开年报：填报工作簿上的按钮和功能区“年报”共用的宏。
' 只启动这台电脑上的年报工具，不改工作簿；总是针对当前打开的工作簿。

Public Sub ValidateReport()
    CallTool "validate"
End Sub

Public Sub GenerateReport()
    CallTool "generate_report"
End Sub

Public Sub CarryOver()
    CallTool "carry_over"
End Sub

Public Sub FillZeros()
    CallTool "fill_zeros"
End Sub

Public Sub ExportJson()
    CallTool "export_json"
End Sub

Private Sub CallTool(ByVal verb As String)
    Dim tool As String
    If ActiveWorkbook Is Nothing Then
        Say "没有可用的工作簿。请先打开填报工作簿，顶部如有“启用编辑”请先点它，再点按钮。"
    ElseIf ActiveWorkbook.Path = "" Then
        Say "请先保存工作簿，再点按钮。"
    ElseIf OnWindows() And InStr(1, AppPath(), "WPS", vbTextCompare) > 0 Then
        Say "WPS 里的按钮不能用。请保存后把工作簿拖到“校验并生成报告”上。"
    ElseIf InStr(ActiveWorkbook.Path, "://") > 0 Then
        Say "这个工作簿在网盘（OneDrive 或 SharePoint）上。请另存一份到本机硬盘，打开那一份再点按钮。"
    Else
        tool = FindTool(ActiveWorkbook.Path)
        If tool = "" Then
            Say "没有找到年报工具。请把“年报工具”文件夹放在本工作簿旁边，或请管理员运行“xltools excel install”。" & _
                "也可以不用按钮：保存后把工作簿拖到“校验并生成报告”上。"
        ElseIf Quoted(tool) = "" Or Quoted(ActiveWorkbook.Name) = "" Then
            Say "工作簿或文件夹的名称里同时有单引号和双引号，请改名后再点按钮。"
        Else
            StartTool tool, "button " & verb & " " & Quoted("--wb=" & ActiveWorkbook.Name) & " --from_xl=1"
        End If
    End If
End Sub

Private Function FindTool(ByVal folder As String) As String
    Dim kit As String, found As String, place As Variant, places As Variant
    If ActiveWorkbook.Name <> ThisWorkbook.Name Then folder = "" ' 功能区的宏不运行别人文件夹里的程序
    kit = ChrW(24180) & ChrW(25253) & ChrW(24037) & ChrW(20855) ' 年报工具
    If OnWindows() Then
        places = Array(folder & "\xltools.bat", folder & "\" & kit & "\xltools.bat", _
            Environ("LOCALAPPDATA") & "\xltools\xltools.bat")
    Else
        places = Array(folder & "/xltools.sh", folder & "/" & kit & "/xltools.sh", _
            Environ("HOME") & "/.local/share/xltools/xltools.sh")
    End If
    On Error Resume Next ' 断开的网络盘会使 Dir 出错，等于没有找到
    For Each place In places
        found = ""
        If folder <> "" Or place = places(2) Then found = Dir(CStr(place))
        If found <> "" Then
            FindTool = CStr(place)
            Exit For
        End If
    Next place
End Function

Private Sub StartTool(ByVal tool As String, ByVal arguments As String)
    Dim rc As Long
    On Error GoTo Blocked
    If OnWindows() Then
        arguments = arguments & " ""--app=" & Application.Name & """ --hwnd=" & Application.Hwnd
        ' cmd /S 只去掉最外面一对引号
        rc = CreateObject("WScript.Shell").Run("cmd.exe /D /S /C """ & Quoted(tool) & " " & arguments & """", 0, True)
        If rc <> 0 Then
            Say "年报工具没有运行成功（代码 " & rc & "）。详细情况记在 " & Environ("LOCALAPPDATA") & _
                "\xltools\launcher.log，请发给管理员。"
        End If
    Else
        Shell "/bin/sh " & Quoted(tool) & " " & arguments, 0
    End If
    Exit Sub
Blocked:
    Say "这台电脑不允许宏启动其他程序（" & Err.Number & "）。请保存工作簿，然后运行“连接已打开的工作簿”，" & _
        "或者把工作簿拖到“校验并生成报告”上。"
End Sub

Private Function AppPath() As String
    On Error Resume Next ' LibreOffice 没有这一项
    AppPath = Application.Path
End Function

Private Function OnWindows() As Boolean
    OnWindows = (Environ("OS") = "Windows_NT")
End Function

Private Function Quoted(ByVal text As String) As String
    ' LibreOffice 只认整个参数外面的引号，而且没有转义
    If InStr(text, """") = 0 Then
        Quoted = """" & text & """"
    ElseIf InStr(text, "'") = 0 Then
        Quoted = "'" & text & "'"
    End If
End Function

Private Sub Say(ByVal text As String)
    MsgBox text, vbExclamation, "年报工具"
End Sub
