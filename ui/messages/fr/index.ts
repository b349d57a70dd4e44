import { automationsFr } from '../../../rules/automations/words/fr.ts'
import { fr } from '../../../rules/words/fr.ts'
import type { Messages } from '../index.ts'
import access from './access.json' with { type: 'json' }
import audiences from './audiences.json' with { type: 'json' }
import automations from './automations.json' with { type: 'json' }
import backtest from './backtest.json' with { type: 'json' }
import canvas from './canvas.json' with { type: 'json' }
import composer from './composer.json' with { type: 'json' }
import condition from './condition.json' with { type: 'json' }
import connections from './connections.json' with { type: 'json' }
import customerList from './customerList.json' with { type: 'json' }
import customers from './customers.json' with { type: 'json' }
import deliveries from './deliveries.json' with { type: 'json' }
import history from './history.json' with { type: 'json' }
import home from './home.json' with { type: 'json' }
import imports from './imports.json' with { type: 'json' }
import inbox from './inbox.json' with { type: 'json' }
import loyalty from './loyalty.json' with { type: 'json' }
import mailings from './mailings.json' with { type: 'json' }
import merge from './merge.json' with { type: 'json' }
import outline from './outline.json' with { type: 'json' }
import privacy from './privacy.json' with { type: 'json' }
import report from './report.json' with { type: 'json' }
import rewards from './rewards.json' with { type: 'json' }
import segments from './segments.json' with { type: 'json' }
import settings from './settings.json' with { type: 'json' }
import shared from './shared.json' with { type: 'json' }
import shell from './shell.json' with { type: 'json' }
import standard from './standard.json' with { type: 'json' }
import statuses from './statuses.json' with { type: 'json' }
import templates from './templates.json' with { type: 'json' }
import versions from './versions.json' with { type: 'json' }

export const ruleWords = { ...fr, ...automationsFr }

export const texts: Partial<Messages> = {
  ...shell,
  ...shared,
  ...home,
  ...segments,
  ...standard,
  ...history,
  ...customers,
  ...customerList,
  ...mailings,
  ...deliveries,
  ...privacy,
  ...merge,
  ...report,
  ...loyalty,
  ...rewards,
  ...audiences,
  ...imports,
  ...inbox,
  ...settings,
  ...composer,
  ...canvas,
  ...backtest,
  ...condition,
  ...outline,
  ...statuses,
  ...templates,
  ...versions,
  ...automations,
  ...access,
  ...connections,
}
