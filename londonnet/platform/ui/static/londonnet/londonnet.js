// What every page does: starts the design systems' components, menus, suggestions and messages.
// A page works without it; this makes it quicker to use.

const meta = (name) => document.querySelector(`meta[name="${name}"]`)?.content

/** Starts the components inside an element: once for the page, again for what is put into it later. */
async function startComponents(scope = document) {
  const needsMoj = scope.querySelector('[data-module^="moj-"]')
  const govuk = await import(meta('londonnet-govuk'))
  govuk.initAll({ scope })
  // A hidden comma in the file button makes its name differ from what it shows, which voice control can't then say.
  for (const button of scope.querySelectorAll('.govuk-file-upload-button')) {
    button.querySelector('[id$="-comma"]')?.remove()
    const names = (button.getAttribute('aria-labelledby') ?? '').split(' ')
    button.setAttribute('aria-labelledby', names.filter((name) => !name.endsWith('-comma')).join(' '))
  }
  if (needsMoj) {
    const moj = await import(meta('londonnet-moj'))
    moj.initAll({ scope })
  }
}

/** Shows one of the page's prepared messages once; `name` is that of its template. */
function showMessage(name) {
  const place = document.getElementById('page-messages')
  const template = document.getElementById(`message-${name}`)
  if (!place || !template || place.querySelector(`[data-message="${name}"]`)) return null
  const message = template.content.firstElementChild.cloneNode(true)
  message.dataset.message = name
  place.append(message)
  return message
}

function hideMessage(name) {
  document.querySelector(`[data-message="${name}"]`)?.remove()
}

// On narrow screens tabs stand in one row that scrolls: the current one comes into sight.
for (const current of document.querySelectorAll('.moj-sub-navigation [aria-current]')) {
  const row = current.closest('ul')
  row.scrollLeft = current.offsetLeft - row.offsetLeft - 30
}

document.addEventListener('londonnet:message', (event) => showMessage(event.detail))
document.addEventListener('londonnet:message-over', (event) => hideMessage(event.detail))
document.addEventListener('londonnet:swapped', (event) => startComponents(event.target))

// The connection of the device itself.
window.addEventListener('offline', () => showMessage('connection-lost'))
window.addEventListener('online', () => hideMessage('connection-lost'))
if (!navigator.onLine) showMessage('connection-lost')

// Fragments that htmx fetches.
document.addEventListener('htmx:load', (event) => {
  if (event.target !== document.body) startComponents(event.target)
})
document.addEventListener('htmx:sendError', () => showMessage('connection-lost'))
document.addEventListener('htmx:afterRequest', (event) => {
  if (event.detail.successful) hideMessage('connection-lost')
})
document.addEventListener('htmx:responseError', (event) => {
  const { status, responseText } = event.detail.xhr
  if (status === 401) return showMessage('signed-out')
  const isOurs = event.detail.xhr.getResponseHeader('Content-Type')?.startsWith('text/html')
  if (!isOurs || !responseText.includes('moj-alert')) return showMessage('failed')
  const place = document.getElementById('page-messages')
  place.innerHTML = responseText
  return startComponents(place)
})

// Menus are details elements: they close on Escape and when one goes elsewhere.
for (const menu of document.querySelectorAll('details[data-menu]')) {
  const close = () => menu.removeAttribute('open')
  menu.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape' || !menu.open) return
    close()
    menu.querySelector('summary').focus()
  })
  document.addEventListener('click', (event) => {
    if (!menu.contains(event.target)) close()
  })
  menu.addEventListener('focusout', (event) => {
    if (event.relatedTarget && !menu.contains(event.relatedTarget)) close()
  })
}

// Suggestions of the search box: arrow keys walk through them, Escape closes them.
const search = document.querySelector('form[data-search]')
if (search) {
  const input = search.querySelector('input[type=search]')
  const suggestions = search.querySelector('#search-suggestions')
  const close = () => suggestions.replaceChildren()
  search.addEventListener('keydown', (event) => {
    const stops = [input, ...suggestions.querySelectorAll('a')]
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (event.key === 'Escape') {
      close()
      input.focus()
    } else if (step && stops.length > 1) {
      event.preventDefault()
      const here = stops.indexOf(document.activeElement)
      stops[(here + step + stops.length) % stops.length].focus()
    }
  })
  document.addEventListener('click', (event) => {
    if (!search.contains(event.target)) close()
  })
  search.addEventListener('focusout', (event) => {
    if (event.relatedTarget && !search.contains(event.relatedTarget)) close()
  })
}

startComponents()
