// Keeps what is typed into forms until it has arrived, so that nothing is lost when a session ends.
// It stays in this tab (sessionStorage), never holds passwords, files or hidden fields, belongs to one person,
// and goes when the form has been accepted, at sign-out, or when somebody else signs in.
// A form opts out with data-keep="no"; so does a single field.

const PREFIX = 'londonnet-form:'
const OWNER = 'londonnet-owner'
const NEVER = new Set(['password', 'file', 'hidden', 'submit', 'button', 'image', 'reset'])

const meta = (name) => document.querySelector(`meta[name="${name}"]`)?.content
const person = meta('londonnet-user')
const onHold = meta('londonnet-forms') === 'hold'

const keys = () => Object.keys(sessionStorage).filter((key) => key.startsWith(PREFIX))
const forget = (key) => sessionStorage.removeItem(key)
const read = (key) => JSON.parse(sessionStorage.getItem(key) ?? 'null')
const write = (key, kept) => sessionStorage.setItem(key, JSON.stringify(kept))
const forgetAll = () => keys().forEach(forget)

function keyOf(form) {
  const action = new URL(form.getAttribute('action') || location.href, location.href).pathname
  return `${PREFIX}${location.pathname}|${action}|${form.id}`
}

const keptForms = () =>
  [...document.querySelectorAll('form')].filter(
    (form) => form.method === 'post' && form.dataset.keep !== 'no' && !('signOut' in form.dataset)
  )

const fieldsOf = (form) =>
  [...form.elements].filter(
    (field) =>
      field.name &&
      field.dataset.keep !== 'no' &&
      !NEVER.has(field.type) &&
      !/password|one-time-code|cc-/.test(field.autocomplete || '')
  )

const valueOf = (field) => {
  if (field.type === 'checkbox' || field.type === 'radio') return field.checked
  return field.multiple ? [...field.selectedOptions].map((option) => option.value) : field.value
}

function putBack(field, value) {
  if (field.type === 'checkbox' || field.type === 'radio') field.checked = value
  else if (field.multiple) for (const option of field.options) option.selected = value.includes(option.value)
  else field.value = value
  field.dispatchEvent(new Event('input', { bubbles: true }))
}

const typed = (form) => fieldsOf(form).map((field) => [field.name, valueOf(field)])

function restore(form, kept) {
  const fields = fieldsOf(form)
  const isSameForm = fields.length === kept.length && fields.every((field, n) => field.name === kept[n][0])
  if (!isSameForm || JSON.stringify(typed(form)) === JSON.stringify(kept)) return
  fields.forEach((field, n) => putBack(field, kept[n][1]))
  document.dispatchEvent(new CustomEvent('londonnet:message', { detail: 'kept' }))
}

/** On a page that shows the outcome: what was sent has arrived, or stands in the form again with its mistakes. */
function settleSent() {
  for (const key of keys()) if (read(key)?.sent) forget(key)
}

function follow(form) {
  const key = keyOf(form)
  const kept = read(key)
  if (kept) restore(form, kept.fields)
  const keep = (sent) => write(key, { sent, fields: typed(form) })
  form.addEventListener('input', () => keep(false))
  form.addEventListener('change', () => keep(false))
  form.addEventListener('submit', () => {
    if (read(key)) keep(true)
  })
  form.addEventListener('reset', () => forget(key))
}

if (person && sessionStorage.getItem(OWNER) !== person) {
  forgetAll()
  sessionStorage.setItem(OWNER, person)
}

document.addEventListener('click', (event) => {
  if (!event.target.closest('[data-start-over]')) return
  keptForms().map(keyOf).forEach(forget)
  location.reload()
})

for (const form of document.querySelectorAll('form[data-sign-out]')) {
  form.addEventListener('submit', forgetAll)
}

if (person) {
  // Where a form was refused for its token, it wasn't sent: its page gives it back.
  if (onHold) for (const key of keys()) write(key, { ...read(key), sent: false })
  else settleSent()
  keptForms().forEach(follow)
} else if (onHold) {
  // Signed out in between: what was sent didn't arrive either.
  for (const key of keys()) write(key, { ...read(key), sent: false })
}
