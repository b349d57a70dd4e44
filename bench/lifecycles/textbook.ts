import { proxyActivities, sleep } from '@temporalio/workflow'

/** What the textbook's workflow does for its one customer. */
export type TextbookActivities = {
  branch(customer: number): Promise<boolean>
  mail(customer: number): Promise<void>
  reward(customer: number): Promise<void>
}

const { branch, mail, reward } = proxyActivities<TextbookActivities>({ startToCloseTimeout: '1 minute' })

/** One workflow for each customer, with the same steps: wait, branch, mail, reward. */
export async function textbook(customer: number, wait: number): Promise<void> {
  await sleep(wait)
  if (!(await branch(customer))) return
  await mail(customer)
  await reward(customer)
}
