import type { z } from 'zod'
import { sendTestMail } from '../domain/campaigns/sendTest.ts'
import { emailChannel } from '../domain/deliveries/channels/email.ts'
import { Problem } from '../domain/errors.ts'
import { nameProvider } from '../domain/providers/nameProvider.ts'
import { mailSigner } from '../domain/settings/mailSigner.ts'
import { readSettings } from '../domain/settings/readSettings.ts'
import { templateCatalogue } from '../domain/templates/catalogue.ts'
import { shownContent, type TemplateContent } from '../domain/templates/content.ts'
import { galleryIn, galleryTemplate } from '../domain/templates/gallery/readGallery.ts'
import { CLIPPED_AT, previewTemplate as preview } from '../domain/templates/previewTemplate.ts'
import { newestContent } from '../domain/templates/readTemplates.ts'
import { requireStorable } from '../domain/templates/storable.ts'
import type { templateLanguage } from './contract/templates.ts'
import { getTemplateCatalogue, listGallery, previewTemplate, testTemplate } from './contract/templateTools.ts'
import { ownProvider } from './ownProvider.ts'
import { type Route, route } from './server/route.ts'
import type { Services } from './server/services.ts'

type Language = z.output<typeof templateLanguage>
type Asked = z.output<(typeof previewTemplate)['body']>

/** The content that is to be looked at, and the language that it is written in. */
async function contentAsked({ db }: Services, body: Asked): Promise<{ content: TemplateContent; language: Language }> {
  const usual = body.language ?? (await readSettings(db)).language
  if (body.gallery !== undefined) return { content: galleryTemplate(body.gallery, usual).content, language: usual }
  if (body.template !== undefined) {
    const { content, language } = await newestContent(db, body.template)
    return { content: body.test_data === undefined ? content : { ...content, testData: body.test_data }, language }
  }
  const { mjml = '', subject = '', preheader = '', text = null, test_data: testData = {} } = body
  return { content: { mjml, subject, preheader, text, testData }, language: usual }
}

export const templateToolRoutes: Route[] = [
  route(previewTemplate, async ({ body, caller, services }) => {
    const { content, language } = await contentAsked(services, body)
    requireStorable(content, '')
    const { customer } = body
    const own = ownProvider(caller)
    const provider = own === null ? body.provider : (await nameProvider(services.db, own)).id
    const request = { content, language, customer, provider, publicUrl: services.publicUrl, at: '' }
    const shown = await preview(services.db, request, services.now())
    return { ...shown, clipped_at: CLIPPED_AT }
  }),

  route(testTemplate, async ({ body, caller, services }) => {
    const { db, publicUrl, smtpUrl } = services
    if (smtpUrl === '') throw new Problem('unavailable', 'There is no mail server: SMTP_URL is not set')
    const { content, language } = await contentAsked(services, body)
    requireStorable(content, '')
    const { customer, provider } = body
    const message = await preview(db, { content, language, customer, provider, publicUrl, at: '' }, services.now())
    const channel = emailChannel(smtpUrl, mailSigner(db))
    try {
      const to = caller?.kind === 'user' ? caller.email : null
      return { address: await sendTestMail(db, channel, message, to) }
    } finally {
      channel.close()
    }
  }),

  route(getTemplateCatalogue, async ({ query, services }) => {
    const { elements, mergeTags, limits, ...rest } = await templateCatalogue(services.db, query.language)
    return {
      ...rest,
      filters: [...rest.filters],
      tags: [...rest.tags],
      elements: elements.map(({ isText, ...element }) => ({ ...element, is_text: isText })),
      merge_tags: mergeTags,
      limits: {
        source_bytes: limits.sourceBytes,
        depth: limits.depth,
        links: limits.links,
        clipped_at: limits.clippedAt,
      },
    }
  }),

  route(listGallery, async ({ query }) => ({
    items: galleryIn(query.language).map(({ content, ...template }) => ({
      ...template,
      content: shownContent(content),
    })),
  })),
]
