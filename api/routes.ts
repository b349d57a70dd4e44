import type { Router } from 'express'
import { accessRoutes } from './access.ts'
import { accountRoutes } from './account.ts'
import { audienceRoutes } from './audiences.ts'
import { auditRoutes } from './audit.ts'
import { automationActRoutes } from './automationActs.ts'
import { automationPlayRoutes } from './automationPlay.ts'
import { automationRoutes } from './automations.ts'
import { backtestRoutes } from './backtests.ts'
import { campaignDraftRoutes } from './campaignDrafts.ts'
import { campaignRoutes } from './campaigns.ts'
import { channelRoutes } from './channels.ts'
import { checkRoutes } from './checks.ts'
import { consentRoutes } from './consents.ts'
import { customerListRoutes } from './customerList.ts'
import { customerRoutes } from './customers.ts'
import { customerViewRoutes } from './customerViews.ts'
import { deliveryRoutes } from './deliveries.ts'
import { enrolmentRoutes } from './enrolments.ts'
import { erasureRoutes } from './erasures.ts'
import { eventRoutes } from './events.ts'
import { exportRoutes } from './exports.ts'
import { feedbackRoutes } from './feedback.ts'
import { healthRoutes } from './health.ts'
import { homeRoutes } from './home.ts'
import { hooksRouter } from './hooks.ts'
import { imageRouter, imageRoutes } from './images.ts'
import { importRoutes } from './imports.ts'
import { inboxRoutes } from './inbox.ts'
import { ingestRoutes } from './ingest.ts'
import { ledgerRoutes } from './ledger.ts'
import { linkKeyRoutes } from './linkKeys.ts'
import { loyaltyRoutes } from './loyalty.ts'
import { mergeRoutes } from './merges.ts'
import { messageRoutes } from './messages.ts'
import { noteRoutes } from './notes.ts'
import { oidcRouter } from './oidc.ts'
import { providerRoutes } from './providers.ts'
import { pushRouter } from './pushPages.ts'
import { reportRoutes } from './reports.ts'
import { retentionRoutes } from './retention.ts'
import { rewardRoutes } from './rewards.ts'
import { ruleRoutes } from './rules.ts'
import { segmentHistoryRoutes } from './segmentHistory.ts'
import { segmentMemberRoutes } from './segmentMembers.ts'
import { segmentRoutes } from './segments.ts'
import { segmentVersionRoutes } from './segmentVersions.ts'
import type { Route } from './server/route.ts'
import type { Services } from './server/services.ts'
import { settingsRoutes } from './settings.ts'
import { signUpRouter } from './signUp.ts'
import { smsHooksRouter } from './smsHooks.ts'
import { statusAutomationRoutes } from './statusAutomation.ts'
import { suppressionRoutes } from './suppressions.ts'
import { surveyRouter, surveyRoutes } from './surveys.ts'
import { tagRoutes } from './tags.ts'
import { templateRoutes } from './templates.ts'
import { templateToolRoutes } from './templateTools.ts'
import { templateVersionRoutes } from './templateVersions.ts'
import { timelineRoutes } from './timeline.ts'
import { trackingRouter } from './tracking.ts'
import { userRoutes } from './users.ts'
import { webhookSecretRoutes } from './webhookSecret.ts'
import { webhookRoutes } from './webhooks.ts'

/** Every call of the HTTP interface. A capability's file is imported here and nowhere else. */
export const routes: readonly Route[] = [
  ...accessRoutes,
  ...accountRoutes,
  ...audienceRoutes,
  ...auditRoutes,
  ...automationActRoutes,
  ...automationPlayRoutes,
  ...automationRoutes,
  ...backtestRoutes,
  ...campaignDraftRoutes,
  ...campaignRoutes,
  ...channelRoutes,
  ...checkRoutes,
  ...consentRoutes,
  ...customerListRoutes,
  ...customerViewRoutes,
  ...customerRoutes,
  ...noteRoutes,
  ...deliveryRoutes,
  ...enrolmentRoutes,
  ...erasureRoutes,
  ...eventRoutes,
  ...exportRoutes,
  ...feedbackRoutes,
  ...healthRoutes,
  ...homeRoutes,
  ...imageRoutes,
  ...importRoutes,
  ...inboxRoutes,
  ...ingestRoutes,
  ...ledgerRoutes,
  ...linkKeyRoutes,
  ...webhookSecretRoutes,
  ...loyaltyRoutes,
  ...mergeRoutes,
  ...messageRoutes,
  ...providerRoutes,
  ...reportRoutes,
  ...retentionRoutes,
  ...rewardRoutes,
  ...ruleRoutes,
  ...segmentHistoryRoutes,
  ...segmentMemberRoutes,
  ...segmentRoutes,
  ...segmentVersionRoutes,
  ...settingsRoutes,
  ...statusAutomationRoutes,
  ...suppressionRoutes,
  ...surveyRoutes,
  ...tagRoutes,
  ...templateRoutes,
  ...templateToolRoutes,
  ...templateVersionRoutes,
  ...timelineRoutes,
  ...userRoutes,
  ...webhookRoutes,
]

/** Pages that customers reach by signed links, without sign-in; mounted before the UI. */
export const publicPages: ReadonlyArray<(services: Services) => Router> = [
  hooksRouter,
  signUpRouter,
  trackingRouter,
  surveyRouter,
  imageRouter,
  pushRouter,
  smsHooksRouter,
  oidcRouter,
]
