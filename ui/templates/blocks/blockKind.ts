import {
  type Icon,
  IconBinaryTree,
  IconBraces,
  IconBrandInstagram,
  IconCode,
  IconColumns2,
  IconContainer,
  IconLayoutNavbar,
  IconMessage2,
  IconMinus,
  IconPhoto,
  IconQuestionMark,
  IconRectangle,
  IconRectangleVertical,
  IconSpacingVertical,
  IconSquareRoundedArrowRight,
  IconTable,
  IconTextSize,
} from '@tabler/icons-react'
import type { MessageId } from '../../messages/index.ts'
import { contentOf } from '../mjml/elementEdits.ts'
import type { MjmlNode, MjmlTree } from '../mjml/nodes.ts'
import { textOf } from '../mjml/nodes.ts'
import { readValue } from '../mjml/values.ts'

type Kind = { readonly label: MessageId; readonly icon: Icon }

/** What the editor knows, and calls by a name of its own; the rest is a raw block. */
const KINDS: Readonly<Record<string, Kind>> = {
  mjml: { label: 'template.kind.template', icon: IconBinaryTree },
  'mj-head': { label: 'template.kind.head', icon: IconBraces },
  'mj-body': { label: 'template.kind.body', icon: IconRectangleVertical },
  'mj-wrapper': { label: 'template.kind.wrapper', icon: IconContainer },
  'mj-section': { label: 'template.block.section', icon: IconRectangle },
  'mj-group': { label: 'template.kind.group', icon: IconColumns2 },
  'mj-column': { label: 'template.kind.column', icon: IconRectangleVertical },
  'mj-hero': { label: 'template.kind.hero', icon: IconRectangle },
  'mj-text': { label: 'template.block.text', icon: IconTextSize },
  'mj-image': { label: 'template.block.image', icon: IconPhoto },
  'mj-button': { label: 'template.block.button', icon: IconSquareRoundedArrowRight },
  'mj-divider': { label: 'template.block.divider', icon: IconMinus },
  'mj-spacer': { label: 'template.block.spacer', icon: IconSpacingVertical },
  'mj-social': { label: 'template.block.social', icon: IconBrandInstagram },
  'mj-social-element': { label: 'template.kind.socialElement', icon: IconBrandInstagram },
  'mj-navbar': { label: 'template.kind.navbar', icon: IconLayoutNavbar },
  'mj-navbar-link': { label: 'template.kind.navbarLink', icon: IconLayoutNavbar },
  'mj-table': { label: 'template.kind.table', icon: IconTable },
  'mj-survey': { label: 'template.block.survey', icon: IconQuestionMark },
  'mj-survey-answer': { label: 'template.kind.answer', icon: IconQuestionMark },
}

/** What kind of block something is, for its name and sign. */
export function kindOf(node: MjmlNode): Kind {
  if (node.kind === 'comment') return { label: 'template.kind.comment', icon: IconMessage2 }
  if (node.kind === 'liquid') return { label: 'template.kind.liquid', icon: IconBraces }
  const known = node.kind === 'element' && Object.hasOwn(KINDS, node.name) ? KINDS[node.name] : undefined
  return known ?? { label: 'template.block.raw', icon: IconCode }
}

/** Whether the editor has a form for a block, or shows its source. */
export const isRaw = (node: MjmlNode): boolean =>
  node.kind !== 'element' || !Object.hasOwn(KINDS, node.name) || node.name === 'mj-head'

const LONGEST = 60

/** What a block says, in short: its words, its picture's name, its source. */
export function excerptOf(tree: MjmlTree, node: MjmlNode): string {
  const short = (text: string): string => {
    const line = text.replace(/\s+/g, ' ').trim()
    return line.length > LONGEST ? `${line.slice(0, LONGEST - 1)}…` : line
  }
  if (node.kind !== 'element') return short(textOf(tree.source, node))
  const value = (name: string): string => {
    const found = node.attributes.find((attribute) => attribute.name === name)
    return found ? readValue(textOf(tree.source, found.value)) : ''
  }
  if (node.name === 'mj-image') return short(value('alt') || value('src').split('/').at(-1) || '')
  if (node.name === 'mj-survey') return short(value('question'))
  if (node.name === 'mj-spacer') return short(value('height'))
  if (node.opaque)
    return short(
      contentOf(tree, node)
        .replace(/<style[\s\S]*?<\/style>|<!--[\s\S]*?-->|<[^>]*>/g, ' ')
        .replaceAll('&nbsp;', ' '),
    )
  return isRaw(node) ? `<${node.name}>` : ''
}
