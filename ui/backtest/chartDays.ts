import type { Backtest, Forecast } from '../../api/contract/backtests.ts'
import type { ChartDay } from '../history/chart.ts'

/** Nobody is computed into a rule that is only played. */
const computed = { entered: 0, left: 0 }

/** The days of a backtest as the chart takes them. */
export const playedDays = ({ days }: Backtest): ChartDay[] => days.map((day) => ({ ...day, computed }))

/** The days of a forecast as the chart takes them. */
export const comingDays = ({ days }: Forecast): ChartDay[] =>
  days.map(({ day, members, enters, leaves }) => ({ day, members, entered: enters, left: leaves, computed }))

/** How many enter and leave on all of them. */
export const sumsOf = (days: readonly ChartDay[]): { entered: number; left: number } => ({
  entered: days.reduce((sum, { entered }) => sum + entered, 0),
  left: days.reduce((sum, { left }) => sum + left, 0),
})
