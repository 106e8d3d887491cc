// Sends a form with a file and says how far it is. Without script the form is sent as any other.

function upload(form) {
  const box = form.querySelector('[data-upload-progress]')
  const bar = box?.querySelector('progress')
  const words = form.querySelector('[data-upload-words]')
  const file = form.querySelector('input[type=file]')
  if (!box || !bar || !words || !file) return

  const say = (text) => {
    if (words.textContent !== text) words.textContent = text
  }
  const end = (text) => {
    say(text)
    bar.hidden = true
    form.querySelector('[type=submit]').disabled = false
  }

  form.addEventListener('submit', (event) => {
    if (!file.files.length) return
    event.preventDefault()
    const request = new XMLHttpRequest()
    request.open('POST', form.action)
    request.upload.addEventListener('progress', ({ loaded, total }) => {
      bar.value = Math.floor((100 * loaded) / total)
      // In tenths, so that a screen reader isn't flooded.
      say(`Sending ${file.files[0].name}: ${10 * Math.floor((10 * loaded) / total)}% sent`)
    })
    request.upload.addEventListener('load', () => say('Sent. It is being checked.'))
    request.addEventListener('load', () => arrive(request, form))
    request.addEventListener('error', () => end('The connection was lost. Nothing was kept of the file. Send it again.'))
    request.addEventListener('abort', () => end('Sending was stopped. Nothing was kept of the file.'))
    box.hidden = false
    bar.hidden = false
    bar.value = 0
    form.querySelector('[type=submit]').disabled = true
    request.send(new FormData(form))
  })
}

/** A redirect is followed by the page; an answer in place (the file was refused) takes the place of the content. */
function arrive(request, form) {
  if (request.responseURL && new URL(request.responseURL).href !== new URL(form.action).href) {
    location.assign(request.responseURL)
    return
  }
  const answer = new DOMParser().parseFromString(request.responseText, 'text/html')
  const main = answer.getElementById('main-content')
  if (!main) {
    location.reload()
    return
  }
  const here = document.getElementById('main-content')
  here.replaceWith(main)
  document.title = answer.title || document.title
  main.dispatchEvent(new CustomEvent('londonnet:swapped', { bubbles: true }))
  main.querySelectorAll('form[data-upload]').forEach(upload)
  const summary = main.querySelector('.govuk-error-summary, .moj-alert--error')
  if (summary) {
    summary.tabIndex = -1
    summary.focus()
  } else {
    window.scrollTo(0, 0)
  }
}

document.querySelectorAll('form[data-upload]').forEach(upload)
