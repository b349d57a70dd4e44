import { readFileSync } from 'node:fs'
import { expect, test } from '@jest/globals'
import { PROBLEMS } from '../../domain/errors.ts'

const page = readFileSync(new URL('../../docs/api-errors.md', import.meta.url), 'utf8')
const documented = new Map(
  [...page.matchAll(/^\| `(\w+)` \| (\d{3}) \| ([^|]+) \| ([^|]+) \|$/gm)].map(([, code = '', ...cells]) => [
    code,
    cells.map((cell) => cell.trim()),
  ]),
)

test('every problem is in the documentation, with its status, its title and what to do', () => {
  for (const [code, { status, title }] of Object.entries(PROBLEMS)) {
    expect([code, ...(documented.get(code) ?? [])]).toEqual([
      code,
      String(status),
      title,
      expect.stringMatching(/\w{3}/),
    ])
  }
})

test('the documentation tells of no problem that there is not', () => {
  expect([...documented.keys()].sort()).toEqual(Object.keys(PROBLEMS).sort())
})
