import type { Request } from 'express'
import { Problem } from '../../domain/errors.ts'

/**
 * Guards calls that a browser makes with the user's cookie against being made by another site's page (CSRF).
 *
 * Browsers say where an unsafe call comes from, in `Sec-Fetch-Site` or at least in `Origin`, and pages cannot change
 * either. What sends neither is no browser, so it carries no cookie that it wasn't given on purpose.
 *
 * @throws Problem 'forbidden'
 */
export function refuseOtherSites(request: Request): void {
  if (request.method === 'GET' || request.method === 'HEAD' || request.method === 'OPTIONS') return
  const site = request.get('sec-fetch-site')
  if (site === 'same-origin' || site === 'none') return
  if (site === undefined && sameHost(request.get('origin'), request.get('host'))) return
  throw new Problem('forbidden', 'A page of another site may not do this for you.')
}

function sameHost(origin: string | undefined, host: string | undefined): boolean {
  if (origin === undefined) return true
  return URL.canParse(origin) && new URL(origin).host === host
}
