import type { MessageId } from '../../messages/index.ts'
import type { LinkProblem, LinkWarning } from './checkLink.ts'

/** The sentence for each thing that can be wrong or odd about an address. */
export const LINK_TEXTS: Readonly<Record<LinkProblem | LinkWarning, MessageId>> = {
  empty: 'composer.link.empty',
  spaces: 'composer.link.spaces',
  scheme: 'composer.link.scheme',
  no_host: 'composer.link.no_host',
  no_dot: 'composer.link.no_dot',
  sign_in: 'composer.link.sign_in',
  broken: 'composer.link.broken',
  email: 'composer.link.email',
  phone: 'composer.link.phone',
  twice: 'composer.link.twice',
  long: 'composer.link.long',
  local: 'composer.link.local',
  ip: 'composer.link.ip',
  end: 'composer.link.end',
}
