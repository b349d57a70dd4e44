import type { Fact } from '../fact.ts'
import { plain, sql } from '../sql.ts'
import { YES_OR_NO, yesOrNo } from '../yesOrNo.ts'

/** Picked by the provider; for the whole business, by any. */
export const favourite: Fact = {
  label: 'Favourite',
  group: 'profile',
  parameters: {},
  operators: YES_OR_NO,
  compile(condition, context) {
    const picked = context.aggregate('favourites', plain('COUNT(*)'))
    return yesOrNo(condition, sql`COALESCE(${picked}, 0) > 0`)
  },
}
