import { useIntl } from 'react-intl'
import type { MergePreview } from '../../../api/contract/merges.ts'
import type { MessageId } from '../../messages/index.ts'
import { useText } from '../../shared/useText.tsx'

type Field = MergePreview['fields'][number]['field']

const NAMES: Readonly<Record<Field, MessageId>> = {
  first_name: 'merge.firstName',
  last_name: 'merge.lastName',
  email: 'customer.email',
  phone: 'customer.phone',
  username: 'customer.username',
  birthdate: 'customer.birthdate',
  gender: 'customer.gender',
  language: 'customer.language',
  country: 'customer.country',
  customer_group: 'customer.group',
  aggregator: 'customer.aggregator',
  joined_at: 'customer.joined',
}

const GENDERS = ['female', 'male', 'diverse'] as const

/** The fields of a profile and what stands in them, in words. */
export function useFieldWords() {
  const text = useText()
  const intl = useIntl()
  const wordsOf = (field: Field, value: string | null): string => {
    if (value === null) return text('merge.nothing')
    if (field === 'birthdate') return intl.formatDate(`${value}T00:00:00Z`, { dateStyle: 'medium', timeZone: 'UTC' })
    if (field === 'joined_at') return intl.formatDate(value, { dateStyle: 'medium' })
    if (field === 'language') return intl.formatDisplayName(value, { type: 'language' }) ?? value
    if (field === 'country') return intl.formatDisplayName(value, { type: 'region' }) ?? value
    const gender = field === 'gender' ? GENDERS.find((one) => one === value) : undefined
    return gender === undefined ? value : text(`gender.${gender}`)
  }
  return { nameOf: (field: Field) => text(NAMES[field]), wordsOf }
}
