import { differenceOf } from '../../rules/words/segmentWords.ts'
import type { WordOptions } from '../../rules/words.ts'
import type { SegmentFile } from '../../rules/yaml.ts'
import { errorsIn, lineOf } from './check.ts'
import { inOrder } from './checkReferences.ts'
import { differenceInWords, isChanged } from './differences.ts'
import { EXIT, type Io } from './io.ts'
import { readFiles } from './readFiles.ts'
import type { Server } from './server.ts'

/** What is to be done with one segment. */
type Step = { readonly before?: SegmentFile; readonly after: SegmentFile }

/**
 * `rules import`: says what the files would change on a server, asks, and does it, those that others ask for first.
 * Segments that no file has stay as they are.
 */
export async function importRules(
  folder: string,
  server: Server,
  { yes, words }: { yes: boolean; words: WordOptions },
  io: Io,
): Promise<number> {
  const files = readFiles(folder)
  const present = new Map((await server.segments()).map((segment) => [segment.id, segment]))
  const errors = errorsIn(files, new Map([...present].map(([id, { rule }]) => [id, rule])))
  for (const error of errors) io.complain(lineOf(error, 'error'))
  if (errors.length > 0) return EXIT.wrong

  const steps = inOrder(files.segments).map(({ segment }): Step => {
    const before = present.get(segment.id)
    return before === undefined ? { after: segment } : { before, after: segment }
  })
  const names = [...present.values(), ...steps.map(({ after }) => after)].map(({ id, name }) => [id, name])
  const spoken = { ...words, currency: await server.currency(), names: { segment: Object.fromEntries(names) } }
  for (const step of steps) for (const line of differenceInWords(step, spoken)) io.say(line)

  const toDo = steps.filter(({ before, after }) => before === undefined || isChanged(before, after))
  const moved = toDo.filter(({ before, after }) => before !== undefined && before.scope !== after.scope)
  for (const { after } of moved) {
    io.complain(
      `${after.id}: a segment stays for the whole business, or for each provider. Give the new one another id.`,
    )
  }
  if (moved.length > 0) return EXIT.wrong
  if (toDo.length === 0) return EXIT.fine
  const answer = yes ? 'y' : await io.ask(`Import ${toDo.length === 1 ? 'this' : `these ${toDo.length}`}? [y/N] `)
  if (!/^y(es)?$/i.test(answer.trim())) {
    io.complain('Nothing was imported.')
    return EXIT.wrong
  }
  for (const { before, after } of toDo) {
    await (before === undefined ? server.create(after) : server.change(after.id, differenceOf(before, after)))
    io.say(`${after.id}: imported`)
  }
  return EXIT.fine
}
