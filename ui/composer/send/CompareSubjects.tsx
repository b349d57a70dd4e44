import { Group, Select, Stack, Text, TextInput } from '@mantine/core'
import { useText } from '../../shared/useText.tsx'
import { type Compared, DECISIONS, SHARES } from './sendOptions.ts'
import { useMinutesText } from './useMinutesText.ts'

/** The second subject, on how many it is tried, and what decides. */
export function CompareSubjects({ compared, onChange }: { compared: Compared; onChange: (next: Compared) => void }) {
  const text = useText()
  const minutesText = useMinutesText()
  const { subject, share, decide, afterMinutes } = compared
  return (
    <Stack gap={8} data-testid="compare">
      <TextInput
        size="xs"
        label={text('composer.compare.subject')}
        maxLength={998}
        value={subject}
        onChange={(event) => onChange({ ...compared, subject: event.currentTarget.value })}
      />
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
