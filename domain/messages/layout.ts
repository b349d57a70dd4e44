import { escapeHtml } from './escapeHtml.ts'

const FONT = '-apple-system, BlinkMacSystemFont, Segoe UI, Roboto, Helvetica, Arial, sans-serif'

/**
 * The page around a message's content, as MJML: the business's name, the content, why one gets it and how to stop it.
 * The names `footer`, `links` and `pixel` are filled in for each recipient.
 *
 * @param content HTML with its styles in place
 */
export function layoutMjml({ business, language, content }: { business: string; language: string; content: string }) {
  const name = escapeHtml(business)
  return `<mjml lang="${language}" dir="auto">
  <mj-head>
    <mj-title>${name}</mj-title>
    <mj-attributes>
      <mj-all font-family="${FONT}" />
      <mj-text font-size="16px" line-height="1.55" color="#1f2522" padding="0 28px" />
    </mj-attributes>
  </mj-head>
  <mj-body background-color="#f5f6f5" width="600px">
    <mj-section padding="28px 0 14px">
      <mj-column>
        <mj-text font-size="15px" font-weight="600" color="#38423c">${name}</mj-text>
      </mj-column>
    </mj-section>
    <mj-section background-color="#ffffff" padding="24px 0 14px" border-radius="8px">
      <mj-column>
        <mj-text>${content}</mj-text>
      </mj-column>
    </mj-section>
    <mj-section padding="18px 0 36px">
      <mj-column>
        <mj-text font-size="13px" color="#5a645e">{{ footer.why }} <a href="{{ links.unsubscribe }}" style="color:#5a645e;text-decoration:underline">{{ footer.unsubscribe }}</a>{{ pixel }}</mj-text>
      </mj-column>
    </mj-section>
  </mj-body>
</mjml>`
}
