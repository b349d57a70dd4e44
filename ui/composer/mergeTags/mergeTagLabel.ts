import type { MergeTagName } from '../../../api/contract/mergeTags.ts'
import type { MessageId } from '../../messages/index.ts'

/** What the pages call each merge tag. */
export const MERGE_TAG_LABELS: Readonly<Record<MergeTagName, MessageId>> = {
  'customer.first_name': 'composer.tag.first_name',
  'customer.last_name': 'composer.tag.last_name',
  'customer.full_name': 'composer.tag.full_name',
  'business.name': 'composer.tag.business_name',
}
