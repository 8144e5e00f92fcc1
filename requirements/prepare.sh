# shellcheck shell=bash
# Makes the machine ready for ./run and ./check, which source this file and call `prepare`.
#
# An environment in .venv carries the key of everything it was made from. The key is taken away
# before a change and written back after it, so an interrupted set-up is noticed and made anew,
# and an undisturbed one costs a few file reads.

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
venv=$root/.venv
state=$root/.setup
log=$state/log
# Where a machine says so, each process would compile our modules anew: a fourth of a verb's time.
unset PYTHONDONTWRITEBYTECODE

case ${ARCHIVER_LANG:-${LC_ALL:-${LC_MESSAGES:-${LANG:-}}}} in
ar*) language='ar' ;;
*) language='en' ;;
esac

word() { # word ENGLISH ARABIC
    if [[ $language == ar ]]; then printf '%s\n' "$2"; else printf '%s\n' "$1"; fi
}

say() { word "$@" >&2; } # standard output belongs to the verbs

give_up() { # give_up ENGLISH ARABIC
    say "$@"
    exit 1
}

has_terminal() { [[ -t 0 && -t 2 ]]; }

# ---- steps that take a while ------------------------------------------------------------------

show_life() { # what the step says last: on a terminal in place, elsewhere every ten seconds
    local line shown=$SECONDS
    while IFS= read -r line; do
        if [[ $line == *WARNING:* || $line == *DEPRECATION:* ]]; then
            continue # the log has them; none is for the person who waits
        elif [[ -t 2 ]]; then
            printf '\r\033[K  %.76s' "$line" >&2
        elif ((SECONDS - shown >= 10)); then
            shown=$SECONDS
            printf '  … %.100s\n' "$line" >&2
        fi
    done
    if [[ -t 2 ]]; then printf '\r\033[K' >&2; fi
}

step() { # step ENGLISH ARABIC COMMAND…: says it, runs it into the log, returns how it ended
    local begun=$SECONDS
    say "$1 …" "$2 …"
    printf '\n== %s\n' "$1" >>"$log"
    shift 2
    "$@" 2>&1 | tee -a "$log" | show_life || return 1
    say "  done in $((SECONDS - begun)) s" "  تم في $((SECONDS - begun)) ثانية"
}

step_failed() { # step_failed ENGLISH ARABIC: what to do about it
    say "That did not work. The last lines of $log:" "لم تنجح هذه الخطوة. آخر سطور السجل $log:"
    tail -n 12 "$log" | sed 's/^/  | /' >&2
    give_up "$@"
}

# ---- packages of the system -------------------------------------------------------------------

wanted_packages() { # wanted_packages run|check: lines of "what-for name|other-name"
    local kinds='ocr|pdf|text|scan|window'
    if [[ $1 == check ]]; then kinds+='|test'; fi
    if [[ -n ${with_ceph:-} ]]; then kinds+='|ceph'; fi
    grep -E "^($kinds)[[:space:]]" "$root/requirements/system.txt"
    if [[ -z $python ]]; then return 0; fi
    if ! "$python" -c 'import ensurepip' 2>/dev/null; then
        "$python" -c 'import sys; print("python python%d.%d-venv" % sys.version_info[:2])'
    fi
    # python-sane is compiled here; an interpreter that brings its own headers needs no package.
    "$python" -c 'import os, sys, sysconfig
header = os.path.join(sysconfig.get_path("include"), "Python.h")
os.path.exists(header) or print("scan python%d.%d-dev" % sys.version_info[:2])'
}

missing_packages() { # the wanted lines of which no name is installed
    local wanted installed kind names name
    if ! command -v dpkg-query >/dev/null; then return 0; fi
    wanted=$(wanted_packages "$1")
    # shellcheck disable=SC2046 # one word a package
    installed=$(dpkg-query -W -f '${db:Status-Status} ${Package}\n' \
        $(sed 's/^[^ ]* *//; s/|/ /g' <<<"$wanted") 2>/dev/null | sed -n 's/^installed //p') || true
    while read -r kind names; do
        for name in ${names//|/ }; do
            if [[ $'\n'$installed$'\n' == *$'\n'"$name"$'\n'* ]]; then continue 2; fi
        done
        printf '%s %s\n' "$kind" "$names"
    done <<<"$wanted"
}

purpose() { # purpose KIND, in the chosen language
    case $1 in
    ocr) word 'reading text from pages' 'قراءة النص من الصفحات' ;;
    pdf) word 'reading PDF files' 'قراءة ملفات PDF' ;;
    text) word 'drawing Arabic text' 'رسم النص العربي' ;;
    scan) word 'scanners' 'الماسحات الضوئية' ;;
    window) word 'the window' 'نافذة البرنامج' ;;
    python) word 'an environment of its own for Python' 'بيئة بايثون مستقلة' ;;
    test) word 'the tests' 'الاختبارات' ;;
    ceph) word 'the tests against a real object store' 'الاختبارات على مخزن كائنات حقيقي' ;;
    esac
}

explain_packages() { # explain_packages LINES
    local kind
    say 'The station needs these packages of the system:' 'تحتاج المحطة إلى هذه الحزم من النظام:'
    for kind in ocr pdf text scan window python test ceph; do
        if grep -q "^$kind " <<<"$1"; then
            printf '  %s: %s\n' "$(purpose "$kind")" \
                "$(sed -n "s/^$kind //p" <<<"$1" | sed 's/|.*//' | paste -sd ' ')" >&2
        fi
    done
}

as_administrator() {
    if ((EUID == 0)); then
        "$@"
    elif has_terminal; then
        sudo "$@"
    else
        sudo -n "$@"
    fi
}

consent() {
    local answer
    if ! has_terminal; then return 0; fi
    read -r -p "$(word 'Install them now? [Y/n]' 'هل أثبّتها الآن؟ [Y/n]') " answer
    [[ $answer != [nNل]* ]]
}

names_here() { # names_here LINES: of each line's names, the one this release knows
    local kind names name
    while read -r kind names; do
        for name in ${names//|/ }; do
            if [[ -n $(apt-cache show --no-all-versions "$name" 2>/dev/null) ]]; then break; fi
            name=${names%%|*}
        done
        printf '%s\n' "$name"
    done <<<"$1"
}

apt_get() {
    as_administrator env DEBIAN_FRONTEND=noninteractive \
        apt-get -q -o Dpkg::Use-Pty=0 -o DPkg::Lock::Timeout=300 "$@"
}

install_packages() { # install_packages LINES
    local names command='apt-get install --no-install-recommends'
    explain_packages "$1"
    mapfile -t names < <(names_here "$1")
    if ((EUID != 0)) && ! command -v sudo >/dev/null; then
        give_up "Only an administrator may install them. Ask for this command, then run this again:
    $command ${names[*]}" "لا يثبتها إلا مدير النظام. اطلب تنفيذ هذا الأمر ثم أعد المحاولة:
    $command ${names[*]}"
    fi
    if ! consent; then give_up 'Nothing was changed.' 'لم يتغير شيء.'; fi
    # A source of packages that cannot be reached need not be the one we install from.
    step 'Fetching the list of packages' 'جلب قائمة الحزم' apt_get update || true
    as_administrator dpkg --configure -a &>>"$log" || true # after an interrupted installation
    mapfile -t names < <(names_here "$1")
    step "Installing packages of the system (${#names[@]})" "تثبيت حزم النظام (${#names[@]})" \
        apt_get install -y --no-install-recommends "${names[@]}" ||
        step_failed "See to the network, or ask an administrator for this; then run this again:
    $command ${names[*]}" "تحقق من الشبكة أو اطلب من مدير النظام تنفيذ هذا الأمر، ثم أعد المحاولة:
    $command ${names[*]}"
}

see_to_packages() { # see_to_packages run|check
    local missing
    if ! command -v dpkg-query >/dev/null; then
        say 'This is neither Debian nor Ubuntu: see to the packages of requirements/system.txt.' \
            'هذا النظام ليس Debian ولا Ubuntu: ثبّت ما في requirements/system.txt بنفسك.'
    fi
    missing=$(missing_packages "$1")
    if [[ -n $missing ]]; then install_packages "$missing"; fi
}

# ---- the environment --------------------------------------------------------------------------

suits() { # suits PYTHON; the same bounds stand in setup.cfg
    "$1" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 12))' 2>/dev/null
}

find_python() { # prints nothing where none suits
    local candidate
    for candidate in ${ARCHIVER_PYTHON:+"$ARCHIVER_PYTHON"} python3 python3.12 python3.11 \
        /usr/bin/python3; do
        if suits "$candidate"; then
            type -P "$candidate"
            return
        fi
    done
}

lock_key() { # lock_key run|check: of all that the packages in .venv depend on
    {
        printf '%s\n' "$root" "$("$venv/bin/python" -VV 2>&1)" "$(declare -f install_locked)"
        cat "$root"/requirements/{build.txt,"$(lock "$1")"}
    } | sha256sum
}

project_key() { sha256sum "$root/setup.cfg" "$root/pyproject.toml"; }

lock() { if [[ $1 == check ]]; then echo dev.txt; else echo run.txt; fi; }

carries() { # carries NAME KEY: was that part of .venv finished, and from this?
    [[ -f $venv/$1.key && $(<"$venv/$1.key") == "$2" ]]
}

record() { # record NAME KEY: only a finished part gets one
    printf '%s\n' "$2" >"$venv/$1.key.new"
    sync "$venv/$1.key.new"
    mv "$venv/$1.key.new" "$venv/$1.key"
}

ready() { # ready run|check
    carries "$1" "$(lock_key "$1")" && carries project "$(project_key)"
}

pip() { PIP_USER=0 PYTHONUNBUFFERED=1 "$venv/bin/python" -m pip --no-input "$@"; }

install_locked() { # install_locked run|check: what builds first, then all the rest
    local options=(--progress-bar off --require-hashes)
    pip install "${options[@]}" --only-binary :all: -r "$root/requirements/build.txt" &&
        pip install "${options[@]}" --only-binary :all: --no-binary bagit,python-sane --no-build-isolation \
            -r "$root/requirements/$(lock "$1")"
}

fill_environment() { # fill_environment run|check
    local advice=('Is the network there, and 2 GB of free disk? Then run the same command again.'
        'هل الشبكة متاحة وعلى القرص ٢ غيغابايت؟ إذن أعد الأمر نفسه.')
    if ! carries run "$(lock_key run)"; then
        step 'Making the environment in .venv' 'إنشاء البيئة في .venv' \
            "$python" -m venv --clear "$venv" || step_failed "${advice[@]}"
    fi
    rm -f "$venv"/*.key
    step 'Installing the Python packages (some 300 MB)' 'تثبيت حزم بايثون (نحو ٣٠٠ ميغابايت)' \
        install_locked "$1" || step_failed "${advice[@]}"
    record run "$(lock_key run)"
    if [[ $1 == check ]]; then record check "$(lock_key check)"; fi
}

install_project() {
    rm -f "$venv/project.key"
    step 'Installing the station itself' 'تثبيت المحطة نفسها' \
        pip install --no-deps --no-build-isolation --no-index --editable "$root" ||
        step_failed 'Run the same command again; if it fails again, send the log to the makers.' \
            'أعد الأمر نفسه، وإن تكرر الفشل فأرسل السجل إلى صانعي البرنامج.'
    record project "$(project_key)"
}

prepare() { # prepare run|check: all there afterwards, or the program has ended with clear words
    local lock_fd python=''
    if ready "$1" && [[ -z $(missing_packages "$1") ]]; then return; fi
    python=$(find_python)
    mkdir -p "$state"
    exec {lock_fd}>"$state/lock"
    if ! flock -n "$lock_fd"; then
        say 'Another set-up is running here; waiting for it.' 'يجري إعداد آخر هنا، وأنتظر نهايته.'
        flock "$lock_fd"
    fi
    : >"$log"
    if [[ -z $python ]]; then
        give_up 'Python 3.11 or 3.12 is needed: apt-get install python3, then run this again.' \
            'يلزم بايثون ٣٫١١ أو ٣٫١٢: نفّذ apt-get install python3 ثم أعد المحاولة.'
    fi
    see_to_packages "$1"
    if ! carries "$1" "$(lock_key "$1")"; then fill_environment "$1"; fi
    if ! carries project "$(project_key)"; then install_project; fi
    exec {lock_fd}>&-
}
