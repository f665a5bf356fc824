@echo off
setlocal
if exist "%~dp0python\python.exe" (set "PY=%~dp0python\python.exe") else (set "PY=python.exe")
"%PY%" "%~dp0start.py" drop %*
pause
