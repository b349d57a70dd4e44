import { TagsInput } from '@mantine/core'
import { useCatalogue } from '../canvas/rule/useCatalogue.ts'
import { useText } from '../shared/useText.tsx'
import { eventServices, withEvents } from './events.ts'
import type { StatusDrafting } from './useStatusDraft.ts'

/** Which services are events: what tells the rule for events from the one for appointments. */
export function EventServices({ drafting, mayChange }: { drafting: StatusDrafting; mayChange: boolean }) {
  const text = useText()
  const catalogue = useCatalogue()
  const { draft, setRules } = drafting
  const services = eventServices(draft.rules)
  if (services === undefined) return null
  const known = catalogue.data?.facts
    .find(({ fact }) => fact === 'booking_count')
    ?.parameters.find(({ name }) => name === 'services')?.choices
  return (
    <TagsInput
      label={text('statuses.events')}
      description={text('statuses.events.hint')}
      placeholder={text('statuses.events.add')}
      mt="sm"
      maw={560}
      value={services}
      data={known?.map(({ value }) => value) ?? []}
      maxTags={100}
      readOnly={!mayChange}
      error={services.length === 0 ? text('condition.allowed.one') : undefined}
      splitChars={[',', ';']}
      acceptValueOnBlur
      onChange={(next) =>
        setRules(
          withEvents(
            draft.rules,
            next.map((one) => one.slice(0, 100)),
          ),
        )
      }
    />
  )
}
