import { Fieldset, Group, NumberInput, Paper, Select, Stack, Switch, Text, TextInput, Title } from '@mantine/core'
import { useIntl } from 'react-intl'
import { useSession } from '../../client/session.ts'
import { useText } from '../../shared/useText.tsx'
import { CompareMails } from './CompareMails.tsx'
import { localAt, newCompared, optionsProblem, type SendOptions, SPREADS } from './sendOptions.ts'
import { useMinutesText } from './useMinutesText.ts'

type Props = {
  options: SendOptions
  /** Only two mails can be compared. */
  mail: boolean
  /** Whether what is missing is pointed out. */
  tried: boolean
  readOnly: boolean
  onChange: (options: SendOptions) => void
}

/** When the mail goes out, over how long, who is held out, and whether two mails are compared. */
export function SendOptionsPanel({ options, mail, tried, readOnly, onChange }: Props) {
  const text = useText()
  const minutesText = useMinutesText()
  const { formatDate } = useIntl()
  const { time_zone: timeZone } = useSession().business
  const { at, spreadMinutes, holdout } = options
  const change = (part: Partial<SendOptions>) => onChange({ ...options, ...part })
  const inAnHour = () => localAt(new Date(Date.now() + 3_600_000), timeZone)
  const problem = optionsProblem(options, new Date(), timeZone)
  return (
    <Paper component="section" aria-labelledby="composer-options" p={14}>
      <Title order={2} fz="sm" pb={10} id="composer-options">
        {text('composer.options.title')}
      </Title>
      <Fieldset variant="unstyled" disabled={readOnly}>
        <Stack gap={12}>
          <Group gap="xs" align="flex-end">
            <Select
              size="xs"
              flex="1 1 120px"
              label={text('composer.options.when')}
              allowDeselect={false}
              value={at === null ? 'now' : 'later'}
              data={[
                { value: 'now', label: text('composer.options.now') },
                { value: 'later', label: text('composer.options.later') },
              ]}
              onChange={(value) => change({ at: value === 'later' ? inAnHour() : null })}
            />
            {at !== null && (
              <TextInput
                size="xs"
                type="datetime-local"
                flex="1 1 180px"
                label={text('composer.options.at', { zone: timeZone })}
                value={at}
                error={problem === 'past' ? text('composer.options.past') : null}
                onChange={(event) => change({ at: event.currentTarget.value || inAnHour() })}
              />
            )}
          </Group>
          <Group gap="xs" align="flex-end">
            <Select
              size="xs"
              flex="1 1 120px"
              label={text('composer.options.spread')}
              allowDeselect={false}
              value={String(spreadMinutes ?? 0)}
              data={[
                { value: '0', label: text('composer.options.atOnce') },
                ...SPREADS.map((minutes) => ({ value: String(minutes), label: minutesText(minutes) })),
              ]}
              onChange={(value) => change({ spreadMinutes: Number(value) || null })}
            />
            <NumberInput
              size="xs"
              flex="1 1 120px"
              label={text('composer.options.holdout')}
              suffix=" %"
              min={0}
              max={90}
              allowDecimal={false}
              clampBehavior="strict"
              value={holdout}
              onChange={(value) => change({ holdout: typeof value === 'number' ? value : 0 })}
            />
          </Group>
          {holdout > 0 && (
            <Text fz="xs" c="dimmed">
              {text('composer.options.holdoutHelp')}
            </Text>
          )}
          {mail && (
            <Switch
              size="sm"
              label={text('composer.options.compare')}
              checked={options.compared !== null}
              onChange={(event) => change({ compared: event.currentTarget.checked ? newCompared() : null })}
            />
          )}
          {mail && options.compared !== null && (
            <CompareMails
              compared={options.compared}
              missing={tried && problem === 'no_second'}
              onChange={(compared) => change({ compared })}
            />
          )}
          {at !== null && problem === null && (
            <Text fz="xs" c="dimmed" data-testid="goes-at">
              {text('composer.options.goesAt', {
                at: formatDate(new Date(`${at}Z`), { dateStyle: 'full', timeStyle: 'short', timeZone: 'UTC' }),
              })}
            </Text>
          )}
        </Stack>
      </Fieldset>
    </Paper>
  )
}
