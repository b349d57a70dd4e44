import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Identity, identify, isAlive } from './processes.ts'

/** How often it is looked whether the one before has finished, in milliseconds. */
const LOOK = 100

/**
 * Does something while no other process does it: those who come meanwhile wait. Whoever is killed over it holds up nobody.
 *
 * @param file says who does it; made and removed
 */
export async function inTurn<T>(file: string, act: () => Promise<T>): Promise<T> {
  mkdirSync(dirname(file), { recursive: true })
  const own = `${file}.${process.pid}`
  while (!take(file, own)) {
    const holder = read(file)
    // of those who find one that has ended, whoever removes its own copy of the file lets all of them try again
    if (holder !== null && !isAlive(holder)) rmSync(file, { force: true })
    else await sleep(LOOK)
  }
  try {
    return await act()
  } finally {
    rmSync(file, { force: true })
  }
}

/** Makes the file in one step, complete, or not at all when somebody else has made it. */
function take(file: string, own: string): boolean {
  writeFileSync(own, JSON.stringify(identify(process.pid)))
  try {
    linkSync(own, file)
    return true
  } catch {
    return false
  } finally {
    rmSync(own, { force: true })
  }
}

function read(file: string): Identity | null {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Identity
  } catch {
    return null
  }
}
