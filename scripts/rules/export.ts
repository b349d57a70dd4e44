import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { segmentToYaml } from '../../rules/yaml.ts'
import { lineOf } from './check.ts'
import { isChanged } from './differences.ts'
import { EXIT, type Io } from './io.ts'
import { type FiledSegment, type Files, filesIn, readFiles } from './readFiles.ts'
import type { Server } from './server.ts'

const NOTHING: Files = { files: [], segments: [], mistakes: [], unread: [] }

/**
 * `rules export`: writes each segment of a server into a file of its own, or into the one in which it stands already.
 * Files that say what the server says stay as they are, with their comments; no file is removed.
 */
export async function exportRules(folder: string, server: Server, io: Io): Promise<number> {
  const segments = await server.segments()
  mkdirSync(folder, { recursive: true })
  const present: Files = filesIn(folder).length === 0 ? NOTHING : readFiles(folder)
  for (const mistake of present.mistakes) io.complain(lineOf(mistake, 'error'))
  if (present.mistakes.length > 0) return EXIT.wrong
  let exit: number = EXIT.fine
  for (const segment of segments) {
    const old = present.segments.find((one) => one.segment.id === segment.id)
    const file = old?.file ?? join(folder, `${segment.id}.yaml`)
    if (old !== undefined && !isChanged(old.segment, segment)) continue
    if (isShared(file, segment.id, present.segments)) {
      io.complain(`${file}: not written, for it has other segments than “${segment.id}”, too.`)
      exit = EXIT.wrong
    } else {
      writeFileSync(file, segmentToYaml(segment))
      io.say(`${file}: ${old === undefined ? 'written' : 'written anew'}`)
    }
  }
  const ids = new Set(segments.map(({ id }) => id))
  for (const { file, segment } of present.segments) {
    if (!ids.has(segment.id)) io.say(`${file}: the server has no “${segment.id}”`)
  }
  return exit
}

const isShared = (file: string, id: string, segments: readonly FiledSegment[]): boolean =>
  segments.some((one) => one.file === file && one.segment.id !== id)
