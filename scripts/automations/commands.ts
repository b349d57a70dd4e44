import { compareAutomations } from '../../rules/automations/compare.ts'
import { findingsIn } from '../../rules/automations/findings.ts'
import { automationChangesInWords } from '../../rules/automations/words/differenceWords.ts'
import { findingInWords } from '../../rules/automations/words/findingWords.ts'
import { automationText } from '../../rules/automations/words.ts'
import type { WordOptions } from '../../rules/words.ts'
import { lineOf } from '../rules/check.ts'
import { EXIT, type Io, WrongUse } from '../rules/io.ts'
import type { Finding } from '../rules/readFiles.ts'
import { type FiledAutomation, readAutomations } from './readAutomations.ts'

/** `automations check`: says what is wrong with the automations of a folder, and what looks wrong. */
export function checkAutomations(path: string, { json, words }: { json: boolean; words: WordOptions }, io: Io): number {
  const { files, automations, mistakes } = readAutomations(path)
  const found = automations.flatMap(({ automation, placeOf, file }) =>
    findingsIn(automation).map((finding) => ({
      level: finding.level,
      finding: {
        file,
        path: finding.path,
        ...placeOf(finding.path),
        message: findingInWords(finding, automation, words),
      },
    })),
  )
  const of = (level: string): Finding[] => found.flatMap((one) => (one.level === level ? [one.finding] : []))
  const errors = [...mistakes, ...of('error')]
  const warnings = of('warning')
  if (json) {
    const counts = { files: files.length, automations: automations.length }
    io.say(JSON.stringify({ ...counts, errors, warnings }, null, 2))
  } else {
    for (const error of errors) io.say(lineOf(error, 'error'))
    for (const warning of warnings) io.say(lineOf(warning, 'warning'))
    io.say(`files: ${files.length}, errors: ${errors.length}, warnings: ${warnings.length}`)
  }
  return errors.length > 0 ? EXIT.wrong : EXIT.fine
}

/** `automations show`: each automation of a file or a folder as when, then, unless. */
export function showAutomations(path: string, words: WordOptions, io: Io): number {
  const { automations, mistakes } = readAutomations(path)
  for (const mistake of mistakes) io.complain(lineOf(mistake, 'error'))
  if (mistakes.length > 0) return EXIT.wrong
  io.say(automations.map(({ automation }) => automationText(automation, words).join('\n')).join('\n\n'))
  return EXIT.fine
}

/** `automations diff`: what changed from one file to another one, in words. */
export function diffAutomations(before: string, after: string, words: WordOptions, io: Io): number {
  const [one, other] = [readAutomations(before), readAutomations(after)]
  const mistakes = [...one.mistakes, ...other.mistakes]
  for (const mistake of mistakes) io.complain(lineOf(mistake, 'error'))
  if (mistakes.length > 0) return EXIT.wrong
  const pair = { before: only(one.automations, before), after: only(other.automations, after) }
  const lines = automationChangesInWords(compareAutomations(pair.before, pair.after), pair, words)
  for (const line of lines.length === 0 ? [words.messages['difference.none'] ?? ''] : lines) io.say(line)
  return EXIT.fine
}

function only([first, second]: readonly FiledAutomation[], path: string): FiledAutomation['automation'] {
  if (first !== undefined && second === undefined) return first.automation
  throw new WrongUse(`“${path}” is to be one automation: two files are compared.`)
}
