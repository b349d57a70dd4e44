import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { Lock } from '../../scripts/parts/lock.ts'
import { identify, isAlive } from '../../scripts/parts/processes.ts'

const URL_OF_FIRST = 'http://localhost:8080'
let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'perennial-lock-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

const leave = (content: unknown) => writeFileSync(join(folder, 'running.json'), JSON.stringify(content))
const sleeper = () => identify(spawn('sleep', ['60'], { stdio: 'ignore' }).pid ?? 0)
const GONE = { pid: 2 ** 22 + 1, began: '1' }

test('who has the folder keeps it, and is named', async () => {
  const lock = await Lock.take(folder, URL_OF_FIRST, () => {})
  await expect(Lock.take(folder, 'http://localhost:8090', () => {})).rejects.toThrow(URL_OF_FIRST)
  lock.release()
  const next = await Lock.take(folder, 'http://localhost:8090', () => {})
  next.release()
})

test('what a killed start left is stopped before the folder is taken', async () => {
  const orphan = sleeper()
  leave({ holder: GONE, url: '', stopping: false, started: [{ ...orphan, name: 'database', patience: 5000 }] })
  const told: string[] = []
  const lock = await Lock.take(folder, URL_OF_FIRST, (words) => told.push(words))
  lock.release()
  expect(isAlive(orphan)).toBe(false)
  expect(told).toEqual(['stopping what an earlier start left: database'])
})

test('a process that only got the number of an earlier one is left alone', async () => {
  const stranger = sleeper()
  const earlier = { pid: stranger.pid, began: 'another time', name: 'database', patience: 5000 }
  leave({ holder: { pid: stranger.pid, began: 'another time' }, url: '', stopping: false, started: [earlier] })
  const lock = await Lock.take(folder, URL_OF_FIRST, () => {})
  lock.release()
  expect(isAlive(stranger)).toBe(true)
  process.kill(stranger.pid)
})

test('a start that is stopping is waited for', async () => {
  const stopping = sleeper()
  leave({ holder: stopping, url: URL_OF_FIRST, stopping: true, started: [] })
  setTimeout(() => process.kill(stopping.pid), 2500)
  const lock = await Lock.take(folder, URL_OF_FIRST, () => {})
  expect(isAlive(stopping)).toBe(false)
  lock.release()
})

test('a file that cannot be read, as after a full disk, is no obstacle', async () => {
  writeFileSync(join(folder, 'running.json'), '{"holder":')
  const lock = await Lock.take(folder, URL_OF_FIRST, () => {})
  lock.release()
})
