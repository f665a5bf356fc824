@echo off
setlocal
if not exist "%LOCALAPPDATA%\xltools" mkdir "%LOCALAPPDATA%\xltools"
if exist "%~dp0python\python.exe" (set "PY=%~dp0python\python.exe") else (set "PY=python.exe")
"%PY%" "%~dp0start.py" %* 2>"%LOCALAPPDATA%\xltools\launcher.log"
