import { Tooltip } from '@mantine/core'
import { IconBell, IconDeviceMobileMessage, IconMail } from '@tabler/icons-react'
import type { Channel } from '../shared/channels.ts'
import { useText } from '../shared/useText.tsx'

const ICONS = { email: IconMail, sms: IconDeviceMobileMessage, push: IconBell }

/** Which way a message goes. */
export function ChannelIcon({ channel }: { channel: Channel }) {
  const text = useText()
  const Icon = ICONS[channel]
  return (
    <Tooltip label={text(`short.channel.${channel}`)}>
      <span role="img" aria-label={text(`short.channel.${channel}`)} style={{ display: 'inline-flex', flex: 'none' }}>
        <Icon size={17} stroke={1.6} aria-hidden="true" color="var(--mantine-color-dimmed)" />
      </span>
    </Tooltip>
  )
}
