import { standardSegments } from '../../domain/segments/installStandardSegments.ts'
import type { Rule } from '../../rules/rule.ts'
import { warningsOf } from '../../rules/warnings.ts'
import { warningInWords } from '../../rules/words/warningWords.ts'
import type { WordOptions } from '../../rules/words.ts'
import { checkReferences, type Known } from './checkReferences.ts'
import { EXIT, type Io } from './io.ts'
import { type Files, type Finding, findingAt, readFiles } from './readFiles.ts'

/** The segments that ship, which every server has. */
const shipped = (): Known => new Map(standardSegments().map(({ key, rule }) => [key, rule]))

/** Everything that is wrong with the segments of some files, in the order of files and lines. */
export function errorsIn({ segments, mistakes, unread }: Files, known: Known = shipped()): Finding[] {
  const others = new Map([...known, ...unread.map((id): [string, Rule] => [id, { all: [] }])])
  return inPlaceOrder([...mistakes, ...checkReferences(segments, others)])
}

function warningsIn({ segments }: Files, words: WordOptions): Finding[] {
  const found = segments.flatMap((one) =>
    warningsOf(one.segment.rule).map((warning) =>
      findingAt(one, `/rule${warning.path}`, warningInWords(warning, one.segment.rule, words)),
    ),
  )
  return inPlaceOrder(found)
}

const inPlaceOrder = (findings: Finding[]): Finding[] =>
  findings.sort((a, b) => a.file.localeCompare(b.file) || a.line - b.line || a.column - b.column)

/** A finding as compilers and editors know it: `file:line:column: error: …`. */
export const lineOf = ({ file, line, column, message }: Finding, level: string): string =>
  `${file}:${line}:${column}: ${level}: ${message}`

/** `rules check`: says what is wrong with the segments of a folder. */
export function check(folder: string, { json, words }: { json: boolean; words: WordOptions }, io: Io): number {
  const files = readFiles(folder)
  const errors = errorsIn(files)
  const names = Object.fromEntries(files.segments.map(({ segment }) => [segment.id, segment.name]))
  const warnings = warningsIn(files, { ...words, names: { segment: names } })
  if (json) {
    const counts = { files: files.files.length, segments: files.segments.length }
    io.say(JSON.stringify({ ...counts, errors, warnings }, null, 2))
  } else {
    for (const error of errors) io.say(lineOf(error, 'error'))
    for (const warning of warnings) io.say(lineOf(warning, 'warning'))
    const looked = `${counted(files.files.length, 'file')}, ${counted(files.segments.length, 'segment')}`
    io.say(`${looked}: ${counted(errors.length, 'error')}, ${counted(warnings.length, 'warning')}`)
  }
  return errors.length > 0 ? EXIT.wrong : EXIT.fine
}

const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`
