import type { Keeping } from '../../shared/keeping/keeper.ts'

/** What would be lost with the page: all of a segment that is not stored; of a draft what is not kept. */
export function losses(
  changed: boolean,
  isStored: boolean,
  { kind }: Keeping<unknown>,
): { loses: boolean; closingLoses: boolean } {
  const cannotKeep = kind === 'conflict' || kind === 'failed'
  return { loses: changed && (!isStored || cannotKeep), closingLoses: changed && !(isStored && kind === 'kept') }
}
