import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach } from '@jest/globals'
import { run } from '../../scripts/rules/run.ts'

type Ran = { code: number; out: string; err: string; asked: string[] }

/** A folder of rules, empty before each test, and the command that is run on it. */
export type RuleFolder = {
  readonly path: string
  /** Writes a file of these lines into the folder and returns its path. */
  file(name: string, ...lines: string[]): string
  /** Runs `perennial` with these arguments; paths into the folder are said without it. */
  perennial(args: string[], options?: { env?: Record<string, string>; answer?: string }): Promise<Ran>
}

/** Sets up a folder for each test of a file. */
export function ruleFolder(): RuleFolder {
  let folder = ''
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'rules-'))
  })
  afterEach(() => rmSync(folder, { recursive: true }))
  return {
    get path() {
      return folder
    },
    file(name, ...lines) {
      const path = join(folder, name)
      mkdirSync(join(path, '..'), { recursive: true })
      writeFileSync(path, lines.join('\n'))
      return path
    },
    async perennial(args, { env = {}, answer = '' } = {}) {
      const out: string[] = []
      const err: string[] = []
      const asked: string[] = []
      const short = (line: string) => line.replaceAll(`${folder}/`, '')
      const code = await run(args, {
        say: (line) => out.push(short(line)),
        complain: (line) => err.push(short(line)),
        ask: async (question) => {
          asked.push(question)
          return answer
        },
        env,
      })
      return { code, out: out.join('\n'), err: err.join('\n'), asked }
    },
  }
}

export const MEMBER = '{ fact: membership, is: valid }'
