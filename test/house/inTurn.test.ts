import { spawn } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { inTurn } from '../../scripts/parts/inTurn.ts'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'perennial-turn-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

const MODULE = new URL('../../scripts/parts/inTurn.ts', import.meta.url).href

/** A process that takes its turns, and notes in each when it begins and when it is about to end. */
function takeTurns(turns: number): Promise<number | null> {
  const program = `
    import { appendFileSync } from 'node:fs'
    import { setTimeout as sleep } from 'node:timers/promises'
    import { inTurn } from ${JSON.stringify(MODULE)}
    for (let turn = 0; turn < ${turns}; turn++) {
      await inTurn(${JSON.stringify(join(folder, 'file'))}, async () => {
        appendFileSync(${JSON.stringify(join(folder, 'notes'))}, 'begin ' + process.pid + '\\n')
        await sleep(10)
        appendFileSync(${JSON.stringify(join(folder, 'notes'))}, 'end ' + process.pid + '\\n')
      })
    }`
  const child = spawn(process.execPath, ['--input-type=module', '-e', program], {
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  return new Promise((done) => child.on('exit', done))
}

test('of several processes only one is at it at a time, and all of them get there', async () => {
  writeFileSync(join(folder, 'notes'), '')
  expect(await Promise.all(Array.from({ length: 4 }, () => takeTurns(5)))).toEqual([0, 0, 0, 0])
  const notes = readFileSync(join(folder, 'notes'), 'utf8').trim().split('\n')
  expect(notes).toHaveLength(40)
  for (let index = 0; index < notes.length; index += 2) {
    expect(notes[index + 1]).toBe(notes[index]?.replace('begin', 'end'))
  }
  expect(readdirSync(folder)).toEqual(['notes'])
})

test('whoever was killed over it holds up nobody', async () => {
  const file = join(folder, 'left')
  writeFileSync(file, JSON.stringify({ pid: 2 ** 22 + 1, began: '1' }))
  expect(await inTurn(file, async () => 'done')).toBe('done')
})

test('a mistake in it ends the turn', async () => {
  const file = join(folder, 'failing')
  await expect(inTurn(file, () => Promise.reject(new Error('no')))).rejects.toThrow('no')
  expect(await inTurn(file, async () => 'next')).toBe('next')
})
