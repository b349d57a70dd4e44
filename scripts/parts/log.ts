import { mkdirSync, openSync, readFileSync, renameSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { lastLines } from './run.ts'

const LARGEST = 20_000_000

/** Opens the log of a part to append to it; one that has grown past 20 MB is set aside as `.1` first. */
export function openLog(folder: string, part: string): number {
  mkdirSync(folder, { recursive: true })
  const file = logFile(folder, part)
  try {
    if (statSync(file).size > LARGEST) renameSync(file, `${file}.1`)
  } catch {
    // there is none yet
  }
  return openSync(file, 'a', 0o600)
}

export function logFile(folder: string, part: string): string {
  return join(folder, `${part}.log`)
}

/** The last lines that a part wrote, for the sentence that says it failed. */
export function logEnd(folder: string, part: string, lines = 8): string {
  try {
    return lastLines(readFileSync(logFile(folder, part), 'utf8'), lines)
  } catch {
    return ''
  }
}
