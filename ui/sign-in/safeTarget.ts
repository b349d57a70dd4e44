/**
 * Where to go after sign-in: the page that was asked for if it is one of ours, otherwise home. An address of
 * another site, which somebody may have put into a link, leads nowhere else.
 */
export function safeTarget(next: string | undefined): string {
  if (next === undefined || !/^\/(?![/\\])/.test(next) || next.startsWith('/sign-in')) return '/'
  return next
}
