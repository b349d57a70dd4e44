import {
  type Icon,
  IconBrandInstagram,
  IconCode,
  IconColumns2,
  IconColumns3,
  IconGift,
  IconHeading,
  IconLayoutBottombar,
  IconMinus,
  IconPhoto,
  IconQuestionMark,
  IconRectangle,
  IconSpacingVertical,
  IconSquareRoundedArrowRight,
  IconTextSize,
} from '@tabler/icons-react'
import type { MessageId } from '../../messages/index.ts'
import type { useText } from '../../shared/useText.tsx'

type Text = ReturnType<typeof useText>

/** A block that can be put into a template. */
export type PaletteItem = {
  readonly id: string
  readonly label: MessageId
  readonly icon: Icon
  /** The element that it begins with. */
  readonly element: string
  /** As it is put in, with words to be written over. */
  readonly mjml: (text: Text) => string
}

const words = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
const columns = (count: number): string =>
  `<mj-section>\n${'  <mj-column>\n  </mj-column>\n'.repeat(count)}</mj-section>`

/** Every block of the palette, in the order in which it shows them. */
export const PALETTE: readonly PaletteItem[] = [
  {
    id: 'section',
    label: 'template.block.section',
    icon: IconRectangle,
    element: 'mj-section',
    mjml: () => columns(1),
  },
  {
    id: 'columns2',
    label: 'template.block.columns2',
    icon: IconColumns2,
    element: 'mj-section',
    mjml: () => columns(2),
  },
  {
    id: 'columns3',
    label: 'template.block.columns3',
    icon: IconColumns3,
    element: 'mj-section',
    mjml: () => columns(3),
  },
  {
    id: 'heading',
    label: 'template.block.heading',
    icon: IconHeading,
    element: 'mj-text',
    mjml: (text) =>
      `<mj-text font-size="24px" line-height="1.3"><h1 style="margin:0;font-size:24px">${words(text('template.new.heading'))}</h1></mj-text>`,
  },
  {
    id: 'text',
    label: 'template.block.text',
    icon: IconTextSize,
    element: 'mj-text',
    mjml: (text) => `<mj-text font-size="16px" line-height="1.5">${words(text('template.new.text'))}</mj-text>`,
  },
  {
    id: 'image',
    label: 'template.block.image',
    icon: IconPhoto,
    element: 'mj-image',
    mjml: () => '<mj-image src="" />',
  },
  {
    id: 'button',
    label: 'template.block.button',
    icon: IconSquareRoundedArrowRight,
    element: 'mj-button',
    mjml: (text) =>
      `<mj-button href="https://example.org/" background-color="#237d36" font-size="16px">${words(text('template.new.button'))}</mj-button>`,
  },
  {
    id: 'divider',
    label: 'template.block.divider',
    icon: IconMinus,
    element: 'mj-divider',
    mjml: () => '<mj-divider border-width="1px" border-color="#d5d9dd" />',
  },
  {
    id: 'spacer',
    label: 'template.block.spacer',
    icon: IconSpacingVertical,
    element: 'mj-spacer',
    mjml: () => '<mj-spacer height="20px" />',
  },
  {
    id: 'offer',
    label: 'template.block.offer',
    icon: IconGift,
    element: 'mj-text',
    mjml: (text) =>
      `<mj-text align="center" font-size="16px" line-height="1.5" container-background-color="#eef6ef">` +
      `<p style="margin:0;font-size:28px;font-weight:600">{{ reward.size }}</p>` +
      `<p style="margin:8px 0 0">${words(text('template.new.offer'))} {{ reward.valid_to }}</p></mj-text>`,
  },
  {
    id: 'survey',
    label: 'template.block.survey',
    icon: IconQuestionMark,
    element: 'mj-survey',
    mjml: (text) =>
      `<mj-survey name="why" question="${words(text('template.new.question')).replaceAll('"', '&quot;')}">\n` +
      ['one', 'two', 'three']
        .map((value) => {
          const label = text(`template.new.answer.${value}` as MessageId)
          return `  <mj-survey-answer value="${value}">${words(label)}</mj-survey-answer>\n`
        })
        .join('') +
      '</mj-survey>',
  },
  {
    id: 'social',
    label: 'template.block.social',
    icon: IconBrandInstagram,
    element: 'mj-social',
    mjml: () =>
      '<mj-social font-size="14px" icon-size="24px" mode="horizontal">\n' +
      '  <mj-social-element name="instagram" href="https://www.instagram.com/">Instagram</mj-social-element>\n' +
      '  <mj-social-element name="facebook" href="https://www.facebook.com/">Facebook</mj-social-element>\n' +
      '</mj-social>',
  },
  {
    id: 'footer',
    label: 'template.block.footer',
    icon: IconLayoutBottombar,
    element: 'mj-text',
    mjml: () =>
      '<mj-text align="center" font-size="13px" line-height="1.5" color="#5a645e">{{ footer.why }} ' +
      '<a href="{{ links.unsubscribe }}" style="color:#5a645e">{{ footer.unsubscribe }}</a></mj-text>',
  },
  {
    id: 'raw',
    label: 'template.block.raw',
    icon: IconCode,
    element: 'mj-raw',
    mjml: () => '<mj-raw><!-- HTML --></mj-raw>',
  },
]
