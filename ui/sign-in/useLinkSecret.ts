import { useState } from 'react'

/**
 * The secret of the link by which this page was opened. It stands behind `#`, which browsers send to nobody, and is taken
 * out of the address at once, so that no history or screenshot keeps it.
 */
export function useLinkSecret(): string {
  const [secret] = useState(() => location.hash.slice(1))
  if (location.hash !== '') history.replaceState(history.state, '', location.pathname)
  return secret
}
