import { BYTE_ORDER_MARK } from '../domain/csv/csvLine.ts'
import { exportReport as toCsv } from '../domain/reports/exportReport.ts'
import { REPORT_WORDS } from '../domain/reports/exportWords.ts'
import { readReport } from '../domain/reports/readReport.ts'
import { readSettings } from '../domain/settings/readSettings.ts'
import { exportReport, getReport } from './contract/reports.ts'
import { Download, type Route, route } from './server/route.ts'

export const reportRoutes: Route[] = [
  route(getReport, async ({ params, query, services }) => {
    const report = await readReport(services.db, Number(params.id), query, services.now())
    const { over_time: overTime, holdout, ...rest } = report
    return {
      ...rest,
      over_time: {
        ...overTime,
        hours: overTime.hours.map(({ at, ...counts }) => ({ at: at.toISOString(), ...counts })),
      },
      holdout: holdout === null ? null : { ...holdout, until: holdout.until.toISOString() },
    }
  }),

  route(exportReport, async ({ params, query, services }) => {
    const { timeZone, language: own } = await readSettings(services.db)
    const language = query.language ?? own
    const report = await readReport(services.db, Number(params.id), query, services.now())
    const mark = query.bom === 'true' ? BYTE_ORDER_MARK : ''
    const pieces = (async function* () {
      yield mark + toCsv(report, language, timeZone)
    })()
    return new Download(`${REPORT_WORDS[language].file}-${params.id}.csv`, pieces)
  }),
]
