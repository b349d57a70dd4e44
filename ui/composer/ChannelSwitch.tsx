import { SegmentedControl, Text } from '@mantine/core'
import { IconBell, IconDeviceMobileMessage, IconMail } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { channelsQuery } from '../client/channels.ts'
import { CHANNELS, type Channel } from '../shared/channels.ts'
import { useText } from '../shared/useText.tsx'
import classes from './ChannelSwitch.module.css'

const ICONS = { email: IconMail, sms: IconDeviceMobileMessage, push: IconBell }

type Props = { channel: Channel; readOnly: boolean; onChange: (channel: Channel) => void }

/** Whether a mail, an SMS or a notification is written; what is written for the others stays. */
export function ChannelSwitch({ channel, readOnly, onChange }: Props) {
  const text = useText()
  const { data } = useQuery(channelsQuery)
  const isReady = (name: Channel) => data?.find((one) => one.channel === name)?.ready ?? true
  return (
    <div>
      <SegmentedControl
        value={channel}
        onChange={(value) => onChange(CHANNELS.find((name) => name === value) ?? 'email')}
        disabled={readOnly}
        aria-label={text('short.channel')}
        data={CHANNELS.map((name) => {
          const Icon = ICONS[name]
          return {
            value: name,
            disabled: !isReady(name) && name !== channel,
            label: (
              <span className={classes.label}>
                <Icon size={16} stroke={1.7} aria-hidden="true" />
                {text(`short.channel.${name}`)}
              </span>
            ),
          }
        })}
      />
      {!isReady('sms') && (
        <Text fz="xs" c="dimmed" mt={4}>
          {text('short.channel.noSms')}
        </Text>
      )}
    </div>
  )
}
