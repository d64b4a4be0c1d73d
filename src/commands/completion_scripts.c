/*
 * What each shell reads to complete command lines. A script knows no command and no option: it asks
 * `contplan completion --candidates` and hands the answer over, as data. Nothing of an answer is
 * ever expanded or run, and files are completed by the shell itself.
 */
#include "commands.h"

static const char bash[] =
    "# bash completion of contplan; see contplan-completion(1).\n"
    "# shellcheck shell=bash\n"
    "_contplan() {\n"
    "    local rest=$COMP_LINE breaks=${COMP_WORDBREAKS//[^=:]/}\n"
    "    local words=() index word kept last line\n"
    "    COMPREPLY=()\n"
    "    # Bash may split words at = and :, which belong to words of contplan.\n"
    "    for ((index = 0; index <= COMP_CWORD; index++)); do\n"
    "        word=${COMP_WORDS[index]}\n"
    "        if [[ ${#words[@]} -eq 0 || $rest == [[:space:]]* ]]; then\n"
    "            words+=(\"$word\")\n"
    "        else\n"
    "            words[${#words[@]} - 1]+=$word\n"
    "        fi\n"
    "        rest=${rest#\"${rest%%[![:space:]]*}\"}\n"
    "        rest=${rest#\"$word\"}\n"
    "    done\n"
    "    last=${words[${#words[@]} - 1]}\n"
    "    kept=\n"
    "    if [[ -n $breaks && $last == *[\"$breaks\"]* ]]; then\n"
    "        kept=${last%\"${last##*[\"$breaks\"]}\"}\n"
    "    fi\n"
    "    while IFS= read -r line; do\n"
    "        case $line in\n"
    "        :files) compopt -o default ;;\n"
    "        :folders) compopt -o dirnames ;;\n"
    "        *)\n"
    "            line=${line%%$'\\t'*}\n"
    "            COMPREPLY+=(\"${line#\"$kept\"}\")\n"
    "            ;;\n"
    "        esac\n"
    "    done < <(command contplan completion --candidates -- \"${words[@]:1}\" 2>/dev/null)\n"
    "    if [[ ${#COMPREPLY[@]} -eq 1 && ${COMPREPLY[0]} == *= ]]; then\n"
    "        compopt -o nospace\n"
    "    fi\n"
    "}\n"
    "complete -F _contplan contplan\n";

static const char zsh[] =
    "#compdef contplan\n"
    "# zsh completion of contplan; see contplan-completion(1).\n"
    "_contplan() {\n"
    "    local line tab=$'\\t' wants=\n"
    "    local -a asked answer whole shown open\n"
    "    asked=(\"${(@Q)words[2,CURRENT-1]}\" \"${(Q)PREFIX}\")\n"
    "    (( CURRENT == 2 )) && asked=(\"${(Q)PREFIX}\")\n"
    "    answer=(\"${(@f)$(command contplan completion --candidates -- \"${(@)asked}\" "
    "2>/dev/null)}\")\n"
    "    for line in \"${(@)answer}\"; do\n"
    "        case $line in\n"
    "        ('') ;;\n"
    "        (:*) wants=$line ;;\n"
    "        (*=) open+=(\"$line\") ;;\n"
    "        (*=$tab*) open+=(\"${line%%$tab*}\") ;;\n"
    "        (*$tab*)\n"
    "            whole+=(\"${line%%$tab*}\")\n"
    "            shown+=(\"${line%%$tab*}  -- ${line#*$tab}\")\n"
    "            ;;\n"
    "        (*)\n"
    "            whole+=(\"$line\")\n"
    "            shown+=(\"$line\")\n"
    "            ;;\n"
    "        esac\n"
    "    done\n"
    "    (( $#whole )) && compadd -l -d shown -a whole\n"
    "    (( $#open )) && compadd -S '' -a open\n"
    "    case $wants in\n"
    "    (:files) compset -P '--[a-z-]##='; _files ;;\n"
    "    (:folders) compset -P '--[a-z-]##='; _files -/ ;;\n"
    "    esac\n"
    "}\n"
    "if [[ $zsh_eval_context[-1] == loadautofunc ]]; then\n"
    "    _contplan \"$@\"\n"
    "else\n"
    "    compdef _contplan contplan\n"
    "fi\n";

static const char fish[] =
    "# fish completion of contplan; see contplan-completion(1).\n"
    "function __contplan_candidates\n"
    "    command -q contplan; or return\n"
    "    set -l words (commandline -opc)\n"
    "    set -l last (commandline -ct)\n"
    "    set -l front (string replace -rf -- '^(--[a-z-]+=).*' '$1' \"$last\")\n"
    "    set -l path (string replace -r -- '^--[a-z-]+=' '' \"$last\")\n"
    "    set -e words[1]\n"
    "    for line in (command contplan completion --candidates -- $words \"$last\" 2>/dev/null)\n"
    "        switch $line\n"
    "            case ':files'\n"
    "                string join \\n -- \"$front\"(__fish_complete_path \"$path\")\n"
    "            case ':folders'\n"
    "                string join \\n -- \"$front\"(__fish_complete_directories \"$path\")\n"
    "            case '*'\n"
    "                printf '%s\\n' $line\n"
    "        end\n"
    "    end\n"
    "end\n"
    "complete -c contplan -f -a '(__contplan_candidates)'\n";

static const struct completion_script scripts[] = {{"bash", bash}, {"zsh", zsh}, {"fish", fish}};

size_t completion_scripts(const struct completion_script **out)
{
    *out = scripts;
    return sizeof scripts / sizeof scripts[0];
}
