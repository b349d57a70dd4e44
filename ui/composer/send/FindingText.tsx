import { isMergeTagName } from '../../../api/contract/mergeTags.ts'
import { useText } from '../../shared/useText.tsx'
import type { Finding } from '../document/checkMessage.ts'
import { LINK_TEXTS } from '../links/linkTexts.ts'
import { MERGE_TAG_LABELS } from '../mergeTags/mergeTagLabel.ts'

/** A finding as a sentence. */
export function FindingText({ finding }: { finding: Finding }) {
  const text = useText()
  switch (finding.kind) {
    case 'link':
      return text('composer.finding.link', { href: finding.href.slice(0, 80), what: text(LINK_TEXTS[finding.what]) })
    case 'no_fallback': {
      const label = isMergeTagName(finding.name) ? text(MERGE_TAG_LABELS[finding.name]) : finding.name
      return text('composer.finding.no_fallback', { label })
    }
    case 'too_many_letters':
      return text('composer.finding.too_many_letters', { characters: finding.characters, most: finding.most })
    case 'long_subject':
      return text('composer.finding.long_subject', { characters: finding.characters })
    default:
      return text(`composer.finding.${finding.kind}`)
  }
}
