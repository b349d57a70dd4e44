import { Group, Select, Stack, Text, TextInput } from '@mantine/core'
import { useText } from '../../shared/useText.tsx'
import { type Compared, DECISIONS, SHARES, WHATS } from './sendOptions.ts'
import { useMinutesText } from './useMinutesText.ts'

type Props = {
  compared: Compared
  /** Whether what is missing is pointed out. */
  missing: boolean
  onChange: (next: Compared) => void
}

/** What is another in the second mail, on how many it is tried, and what decides. */
export function CompareMails({ compared, missing, onChange }: Props) {
  const text = useText()
  const minutesText = useMinutesText()
  const { what, subject, share, decide, afterMinutes } = compared
  return (
    <Stack gap={8} data-testid="compare">
      <Select
        size="xs"
        label={text('composer.compare.what')}
        allowDeselect={false}
        value={what}
        data={WHATS.map((value) => ({ value, label: text(`composer.compare.what.${value}`) }))}
        onChange={(value) => onChange({ ...compared, what: WHATS.find((one) => one === value) ?? 'subject' })}
      />
      {what === 'subject' ? (
        <TextInput
          size="xs"
          label={text('composer.compare.subject')}
          maxLength={998}
          value={subject}
          error={missing ? text('composer.compare.missing') : null}
          onChange={(event) => onChange({ ...compared, subject: event.currentTarget.value })}
        />
      ) : (
        <Text fz="xs" c={missing ? 'var(--mantine-color-error)' : 'dimmed'} role={missing ? 'alert' : undefined}>
          {text(missing ? 'composer.compare.missing' : 'composer.compare.write')}
        </Text>
      )}
      <Group gap="xs" align="flex-end">
        <Select
          size="xs"
          flex="1 1 110px"
          label={text('composer.compare.share')}
          allowDeselect={false}
          value={String(share)}
          data={SHARES.map((value) => ({
            value: String(value),
            label: text('composer.compare.shareOf', { share: value / 100 }),
          }))}
          onChange={(value) => onChange({ ...compared, share: Number(value) })}
        />
        {share < 100 && (
          <Select
            size="xs"
            flex="1 1 150px"
            label={text('composer.compare.decide')}
            allowDeselect={false}
            value={decide === 'by_hand' ? 'by_hand' : String(afterMinutes)}
            data={[
              ...DECISIONS.map((minutes) => ({
                value: String(minutes),
                label: text('composer.compare.clicks', { time: minutesText(minutes) }),
              })),
              { value: 'by_hand', label: text('composer.compare.byHand') },
            ]}
            onChange={(value) =>
              onChange(
                value === 'by_hand'
                  ? { ...compared, decide: 'by_hand' }
                  : { ...compared, decide: 'clicks', afterMinutes: Number(value) },
              )
            }
          />
        )}
      </Group>
      <Text fz="xs" c="dimmed">
        {text(share === 100 ? 'composer.compare.helpAll' : 'composer.compare.help', { share: share / 100 })}
      </Text>
    </Stack>
  )
}
