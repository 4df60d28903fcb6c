/** Beside the optional script, on pages with a passkey: shows its form where the browser can, and fills in what the device answers. */
export const passkeyScript = `(()=>{
const d=document,K=window.PublicKeyCredential;
if(!K||!K.parseRequestOptionsFromJSON||/^[\\d.]+$|:/.test(location.hostname))return;
d.querySelectorAll('form[data-passkey]').forEach(f=>{f.hidden=false;
f.addEventListener('submit',async e=>{e.preventDefault();e.stopImmediatePropagation();
const s=f.querySelector('[role=status]'),c=f.querySelector('[name=_csrf]'),send=()=>HTMLFormElement.prototype.submit.call(f);s.textContent='';
try{
const r=await fetch(f.dataset.options,{method:'POST',body:new URLSearchParams(c?{_csrf:c.value}:{})});
if(!r.ok){send();return}
const {challenge,options}=await r.json(),n=navigator.credentials;
const made=f.dataset.passkey==='create'?await n.create({publicKey:K.parseCreationOptionsFromJSON(options)}):await n.get({publicKey:K.parseRequestOptionsFromJSON(options)});
f.elements.challenge.value=challenge;f.elements.response.value=JSON.stringify(made.toJSON());send()
}catch{s.textContent=f.dataset.stopped}})})})();`;
