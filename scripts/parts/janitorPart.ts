import { join } from 'node:path'
import type { Part } from './child.ts'
import { ROOT } from './root.ts'

/** A process that cleans up after this one should it be killed. It is started before everything else. */
export function janitor(lockFile: string): Part {
  const args = [join(ROOT, 'scripts/parts/janitor.ts'), lockFile]
  return { name: 'janitor', command: process.execPath, args, ours: true, patience: 0 }
}
