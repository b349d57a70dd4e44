import type { TemplateElement } from '../../../api/contract/templateTools.ts'
import type { MessageId } from '../../messages/index.ts'

/** An attribute with what it takes, as the server's catalogue has it. */
export type AttributeSpec = TemplateElement['attributes'][number]

/** The attributes that most people want, in the order of their form; the others follow behind a button. */
const FIRST: Readonly<Record<string, readonly string[]>> = {
  'mj-body': ['background-color', 'width'],
  'mj-wrapper': ['background-color', 'padding', 'border-radius'],
  'mj-section': ['background-color', 'padding', 'border-radius', 'full-width'],
  'mj-column': ['width', 'background-color', 'padding', 'vertical-align'],
  'mj-group': ['width', 'background-color', 'vertical-align'],
  'mj-hero': ['background-color', 'background-url', 'height', 'padding'],
  'mj-text': ['align', 'font-size', 'color', 'line-height', 'padding', 'container-background-color'],
  'mj-button': ['href', 'align', 'background-color', 'color', 'font-size', 'border-radius', 'padding'],
  'mj-image': ['href', 'width', 'align', 'border-radius', 'padding'],
  'mj-divider': ['border-color', 'border-width', 'border-style', 'width', 'padding'],
  'mj-spacer': ['height', 'container-background-color'],
  'mj-social': ['align', 'mode', 'icon-size', 'font-size', 'padding'],
  'mj-social-element': ['name', 'href', 'src', 'alt', 'background-color'],
  'mj-navbar': ['align', 'base-url', 'padding'],
  'mj-navbar-link': ['href', 'color', 'font-size'],
  'mj-table': ['width', 'font-size', 'color', 'padding'],
  'mj-survey': ['name', 'question', 'align', 'color', 'background-color'],
  'mj-survey-answer': ['value'],
}

/** Names in words; any other attribute is called as MJML calls it. */
const LABELS: Readonly<Record<string, MessageId>> = {
  align: 'template.attribute.align',
  alt: 'template.attribute.alt',
  'background-color': 'template.attribute.background',
  'background-url': 'template.attribute.backgroundImage',
  'border-color': 'template.attribute.lineColor',
  'border-radius': 'template.attribute.radius',
  'border-style': 'template.attribute.lineStyle',
  'border-width': 'template.attribute.lineWidth',
  color: 'template.attribute.color',
  'container-background-color': 'template.attribute.background',
  'font-size': 'template.attribute.fontSize',
  'full-width': 'template.attribute.fullWidth',
  height: 'template.attribute.height',
  href: 'template.attribute.href',
  'icon-size': 'template.attribute.iconSize',
  'line-height': 'template.attribute.lineHeight',
  mode: 'template.attribute.mode',
  padding: 'template.attribute.padding',
  question: 'template.attribute.question',
  src: 'template.attribute.src',
  'vertical-align': 'template.attribute.vertical',
  width: 'template.attribute.width',
}

/** What an attribute is called; undefined where only MJML has a word for it. */
export const labelOf = (name: string): MessageId | undefined => LABELS[name]

/** The attributes of an element: those that most people want, and the others. */
export function sorted(
  name: string,
  specs: readonly AttributeSpec[],
): { first: readonly AttributeSpec[]; others: readonly AttributeSpec[] } {
  const wanted = FIRST[name] ?? []
  return {
    first: wanted.flatMap((one) => specs.find((spec) => spec.name === one) ?? []),
    others: specs.filter((spec) => !wanted.includes(spec.name)),
  }
}
