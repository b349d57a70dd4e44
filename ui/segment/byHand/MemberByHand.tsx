import { ActionIcon, Button, Group, Menu, Modal, Stack, Text } from '@mantine/core'
import { IconArrowBackUp, IconDots, IconUserMinus } from '@tabler/icons-react'
import { useState } from 'react'
import { useSegmentWords } from '../../shared/useSegmentWords.ts'
import { useText } from '../../shared/useText.tsx'
import { useDecide } from './useDecide.tsx'

type Props = {
  segment: { readonly id: string; readonly name: string }
  provider: string | undefined
  customer: { readonly id: string; readonly name: string }
  /** They were put in by hand. */
  isByHand: boolean
}

/** What can be done about one member by hand: take a decision back, or take them out, which asks first. */
export function MemberByHand({ segment, provider, customer, isByHand }: Props) {
  const text = useText()
  const [asking, setAsking] = useState(false)
  const name = useSegmentWords().nameOf(segment)
  const decide = useDecide({ segment: segment.id, provider, name })
  const close = () => setAsking(false)
  const takeBack = () => decide.mutate({ customer, decision: 'rule' })
  const takeOut = () => decide.mutate({ customer, decision: 'out' }, { onSettled: close })
  return (
    <>
      {isByHand && (
        <Button
          variant="subtle"
          size="compact-sm"
          aria-label={text('byHand.takeBackOf', { name: customer.name })}
          loading={decide.isPending}
          onClick={takeBack}
          visibleFrom="md"
        >
          {text('byHand.takeBack')}
        </Button>
      )}
      <Menu position="bottom-end" withinPortal>
        <Menu.Target>
          <ActionIcon variant="subtle" color="gray" aria-label={text('byHand.takeOutOf', { name: customer.name })}>
            <IconDots size={17} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {isByHand && (
            <Menu.Item leftSection={<IconArrowBackUp size={16} />} onClick={takeBack} hiddenFrom="md">
              {text('byHand.takeBack')}
            </Menu.Item>
          )}
          <Menu.Item leftSection={<IconUserMinus size={16} />} onClick={() => setAsking(true)}>
            {text('byHand.takeOut')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <Modal
        opened={asking}
        onClose={close}
        title={text('byHand.takeOutTitle', { name: customer.name, segment: name })}
      >
        <Stack>
          <Text>{text('byHand.takeOutText', { name: customer.name })}</Text>
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={close}>
              {text('action.cancel')}
            </Button>
            <Button color="red" onClick={takeOut} loading={decide.isPending} data-autofocus>
              {text('byHand.out')}
            </Button>
          </Group>
        </Stack>
      </Modal>
    </>
  )
}
