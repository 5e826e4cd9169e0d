@echo off
chcp 65001 >nul
setlocal
set /p WANTED=<"%~dp0python-version.txt"
set PYTHON=
py -%WANTED% -c "" >nul 2>nul && set PYTHON=py -%WANTED%
if not defined PYTHON if exist "%LOCALAPPDATA%\Programs\kotsukotsu\python\python.exe" set PYTHON="%LOCALAPPDATA%\Programs\kotsukotsu\python\python.exe"
if defined PYTHON goto install
for %%F in ("%~dp0python\*.exe") do (
  echo Python %WANTED% を入れています。管理者の権限は要りません。
  "%%F" /quiet InstallAllUsers=0 Include_launcher=0 PrependPath=0 Shortcuts=0 TargetDir="%LOCALAPPDATA%\Programs\kotsukotsu\python"
  set PYTHON="%LOCALAPPDATA%\Programs\kotsukotsu\python\python.exe"
)
if not defined PYTHON (
  echo × Python %WANTED% がありません。情報部門に入れてもらうか、python フォルダに python.org の実行ファイルを置いてください。
  pause
  exit /b 1
)
:install
%PYTHON% "%~dp0install.py" %*
pause
