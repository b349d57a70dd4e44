export const HELP = `perennial: segments and automations as files of YAML

  perennial rules check <folder>      mistakes and warnings in all .yaml and .yml files of a folder
  perennial rules show <file>         each segment as a sentence and as an outline
  perennial rules diff <old> <new>    what changed between two files or folders, in words
  perennial rules export <folder>     writes the segments of a running server into files
  perennial rules import <folder>     says what would change on a running server, asks, and does it

  perennial automations check <folder>     mistakes and what looks wrong, one automation to a file
  perennial automations show <file>        when, then, unless
  perennial automations diff <old> <new>   what changed between two files, in words

Options
  -l, --language en|fr|it|de   the language of rules in words (en)
      --currency EUR           the currency of amounts in words (EUR; import asks the server)
      --json                   check: findings as JSON
  -y, --yes                    import: without asking
  -h, --help                   this

Environment of export and import
  PERENNIAL_URL                the address of the server (http://localhost:8080)
  PERENNIAL_API_KEY            a key that may change segments

Exit codes
  0  all is well; there may be warnings
  1  mistakes were found, or the server refused something
  2  the command was called in a wrong way

The format of the files is in docs/rules-as-code.md.`
