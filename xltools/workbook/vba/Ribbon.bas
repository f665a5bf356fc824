Option Explicit
' 功能区“年报”的回调，只用在加载项（.xlam）里。

Public Sub RibbonValidateReport(control As IRibbonControl)
    ValidateReport
End Sub

Public Sub RibbonGenerateReport(control As IRibbonControl)
    GenerateReport
End Sub

Public Sub RibbonCarryOver(control As IRibbonControl)
    CarryOver
End Sub

Public Sub RibbonFillZeros(control As IRibbonControl)
    FillZeros
End Sub

Public Sub RibbonExportJson(control As IRibbonControl)
    ExportJson
End Sub
