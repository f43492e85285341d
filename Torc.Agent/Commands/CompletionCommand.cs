using System.CommandLine;
using Torc.Agent.Client;

namespace Torc.Agent.Commands;

/// <summary><c>torc completion</c>: what makes a shell complete the words of commands.</summary>
internal static class CompletionCommand
{
    // What has no completion of ours is completed as a file.
    private const string Bash = """
        # torc for bash. In ~/.bashrc: eval "$(torc completion bash)"
        _torc() {
            local word IFS=$'\n'
            COMPREPLY=()
            for word in $(torc complete -- "${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null); do
                COMPREPLY+=("$(printf '%q' "$word")")
            done
        }
        complete -o default -F _torc torc

        """;

    private const string Zsh = """
        #compdef torc
        # torc for zsh. In ~/.zshrc, after compinit: eval "$(torc completion zsh)"
        _torc() {
            local -a found
            found=("${(@f)$(torc complete -- "${(@)words[2,CURRENT]}" 2>/dev/null)}")
            if [[ -n "${found[1]}" ]]; then compadd -a found; else _files; fi
        }
        compdef _torc torc

        """;

    private const string Fish = """
        # torc for fish. In ~/.config/fish/config.fish: torc completion fish | source
        function __torc_complete
            set -l words (commandline -opc)
            set -l found (torc complete -- $words[2..] (commandline -ct) 2>/dev/null)
            if test (count $found) -gt 0
                printf '%s\n' $found
            else
                __fish_complete_path (commandline -ct)
            end
        end
        complete -c torc -f -a '(__torc_complete)'

        """;

    private const string Pwsh = """
        # torc for PowerShell 7. In $PROFILE: torc completion pwsh | Out-String | Invoke-Expression
        Register-ArgumentCompleter -Native -CommandName torc -ScriptBlock {
            param($wordToComplete, $commandAst, $cursorPosition)
            $words = @($commandAst.CommandElements | Select-Object -Skip 1 | ForEach-Object { "$_" })
            if ($wordToComplete -eq '') { $words += '' }
            torc complete -- @words 2>$null | ForEach-Object { [System.Management.Automation.CompletionResult]::new($_) }
        }

        """;

    private static readonly Dictionary<string, string> Scripts = new() { ["bash"] = Bash, ["zsh"] = Zsh, ["fish"] = Fish, ["pwsh"] = Pwsh };

    public static Command Create()
    {
        var shell = new Argument<string>("SHELL") { Description = "bash, zsh, fish or pwsh." };
        shell.CompletionSources.Add([.. Scripts.Keys]);
        shell.Validators.Add(result =>
        {
            if (!Scripts.ContainsKey(result.Tokens[0].Value))
            {
                result.AddError($"torc completion knows bash, zsh, fish and pwsh, and not \"{Shown.Words(result.Tokens[0].Value)}\".");
            }
        });
        var command = new Command("completion", "Prints a script that makes a shell complete commands, options, workflows and jobs. Its first line says where to put it.") { shell };
        command.SetTorcAction((parsed, _) =>
        {
            Console.Write(Scripts[parsed.GetRequiredValue(shell)]);
            return Task.FromResult(ExitCode.Ok);
        });
        return command;
    }
}
