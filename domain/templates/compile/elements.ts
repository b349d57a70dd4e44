import { BodyComponent } from 'mjml-core'
import preset from 'mjml-preset-core'

/** What an MJML element declares about itself. */
export type Element = {
  name: string
  /** Attributes with the types that MJML checks, like `unit(px,%)`. */
  attributes: Readonly<Record<string, string>>
  defaults: Readonly<Record<string, string>>
  /** Its content is HTML or text and no further MJML. */
  isEnding: boolean
}

type Component = {
  componentName: string
  allowedAttributes?: Record<string, string>
  defaultAttributes?: Record<string, string>
  endingTag?: boolean
}

type Child = { tagName: string; content?: string; attributes: Record<string, string | undefined> }

/** The answers of a survey take part in its picture only: the survey draws them. */
class SurveyAnswer extends BodyComponent {
  static componentName = 'mj-survey-answer'
  static endingTag = true
  static allowedAttributes = { value: 'string', position: 'integer' }

  override render(): string {
    return ''
  }
}

/** A question with its answers, one under another, each a link that is as wide as the column. */
class Survey extends BodyComponent {
  static componentName = 'mj-survey'
  static allowedAttributes = {
    name: 'string',
    question: 'string',
    align: 'enum(left,center,right)',
    color: 'color',
    'font-family': 'string',
    'font-size': 'unit(px)',
    'line-height': 'unit(px,%,)',
    'question-color': 'color',
    'question-font-size': 'unit(px)',
    'question-font-weight': 'string',
    'background-color': 'color',
    border: 'string',
    'border-radius': 'string',
    'inner-padding': 'unit(px,%){1,4}',
    spacing: 'unit(px)',
    padding: 'unit(px,%){1,4}',
    'padding-top': 'unit(px,%)',
    'padding-right': 'unit(px,%)',
    'padding-bottom': 'unit(px,%)',
    'padding-left': 'unit(px,%)',
    'container-background-color': 'color',
  }
  static override defaultAttributes = {
    align: 'left',
    color: '#1f2522',
    'font-family': 'Helvetica, Arial, sans-serif',
    'font-size': '16px',
    'line-height': '1.4',
    'question-font-size': '17px',
    'question-font-weight': '600',
    border: '1px solid #c9d0cb',
    'border-radius': '8px',
    'inner-padding': '13px 18px',
    spacing: '10px',
    padding: '10px 25px',
  }

  override render(): string {
    const get = (name: string) => String(this.getAttribute(name) ?? '')
    const font = `font-family:${get('font-family')};line-height:${get('line-height')};text-align:${get('align')}`
    const question = `${font};margin:0;font-size:${get('question-font-size')};font-weight:${get('question-font-weight')};color:${get('question-color') || get('color')}`
    const background = get('background-color')
    const answer = [
      font,
      `display:block;font-size:${get('font-size')};color:${get('color')};text-decoration:none;padding:${get('inner-padding')}`,
      `border:${get('border')};border-radius:${get('border-radius')}`,
      ...(background === '' ? [] : [`background:${background}`]),
    ].join(';')
    const answers = (this.props.children as unknown as Child[])
      .filter(({ tagName }) => tagName === 'mj-survey-answer')
      .map(
        ({ content = '', attributes }) =>
          `<tr><td style="padding:${get('spacing')} 0 0"><a href="answer:${attributes.position ?? ''}" target="_blank" style="${answer}">${content}</a></td></tr>`,
      )
    return `<table border="0" cellpadding="0" cellspacing="0" role="presentation" width="100%" style="width:100%"><tbody>
      <tr><td><p dir="auto" style="${question}">${get('question')}</p></td></tr>${answers.join('\n')}
    </tbody></table>`
  }
}

/** Where MJML may have which children; ours beside its own. */
const SURVEY_PLACES: Record<string, string[]> = {
  'mj-column': ['mj-survey'],
  'mj-hero': ['mj-survey'],
  'mj-survey': ['mj-survey-answer'],
  'mj-survey-answer': [],
}

/** The elements of ours, as MJML takes them. */
export const OURS = { components: [Survey, SurveyAnswer], dependencies: SURVEY_PLACES }

const components = [...preset.components, Survey, SurveyAnswer] as unknown as Component[]

/** Every element that a template may use, by its name. */
export const ELEMENTS: ReadonlyMap<string, Element> = new Map(
  components.map((component) => [
    component.componentName,
    {
      name: component.componentName,
      attributes: component.allowedAttributes ?? {},
      defaults: component.defaultAttributes ?? {},
      isEnding: component.endingTag === true,
    },
  ]),
)

/** The elements that may stand in an element. */
export function childrenOf(name: string): string[] {
  const own = preset.dependencies[name] ?? []
  return [...own.filter((child) => typeof child === 'string'), ...(SURVEY_PLACES[name] ?? [])]
}
