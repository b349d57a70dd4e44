import { Button, Text } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconGift } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { rewardsQuery } from '../client/rewards.ts'
import { GiveReward } from '../rewards/GiveReward.tsx'
import { RewardTable } from '../rewards/RewardTable.tsx'
import { EmptyState } from '../shared/EmptyState.tsx'
import { ListPanel } from '../shared/ListPanel.tsx'
import { PagedList } from '../shared/PagedList.tsx'
import { useText } from '../shared/useText.tsx'
import classes from './Customer.module.css'

/** Every reward that a customer has or had, and the way to give another. */
export function CustomerRewards({ customer }: { customer: { id: string; name: string } }) {
  const text = useText()
  const rewards = useInfiniteQuery(rewardsQuery({ customer: customer.id }))
  const [gives, { open, close }] = useDisclosure(false)
  const give = (
    <Button variant="default" leftSection={<IconGift size={17} />} onClick={open}>
      {text('rewards.give')}
    </Button>
  )
  return (
    <ListPanel>
      <PagedList
        query={rewards}
        loading={{ rows: 4 }}
        empty={
          <EmptyState icon={IconGift} title={text('rewards.none')} text={text('rewards.emptyText')} action={give} />
        }
      >
        {(items) => (
          <>
            <div className={classes.give}>
              <Text fz="sm" c="dimmed">
                {text('rewards.all', { name: customer.name })}
              </Text>
              {give}
            </div>
            <RewardTable rewards={items} ofOne />
          </>
        )}
      </PagedList>
      {gives && <GiveReward customer={customer} provider={null} onClose={close} />}
    </ListPanel>
  )
}
