/**
 * The optional script: double-click guard, read-aloud in elder mode, upload with progress that resumes after a break, focus on the error summary.
 * Every page works without it.
 */
export const script = `(()=>{
const d=document,p=d.getElementById('problem');if(p)p.focus();
addEventListener('pageshow',()=>d.querySelectorAll('button[data-held]').forEach(b=>{b.disabled=false;delete b.dataset.held}));
d.addEventListener('submit',e=>{const f=e.target;if(f.method!=='post'||e.defaultPrevented)return;
if(f.dataset.sent&&Date.now()-f.dataset.sent<8000){e.preventDefault();return}f.dataset.sent=Date.now();
setTimeout(()=>f.querySelectorAll('button').forEach(b=>{b.dataset.held=1;b.disabled=true}),0);
setTimeout(()=>{delete f.dataset.sent;f.querySelectorAll('button[data-held]').forEach(b=>{b.disabled=false})},8000)});
const tools=d.querySelector('[data-read]'),voice=window.speechSynthesis;
if(tools&&voice){const li=d.createElement('li'),b=d.createElement('button');b.type='button';b.textContent=tools.dataset.read;li.append(b);tools.prepend(li);
b.onclick=()=>{if(voice.speaking){voice.cancel();b.textContent=tools.dataset.read;return}
const u=new SpeechSynthesisUtterance(d.getElementById('main').innerText);u.lang=d.documentElement.lang;u.onend=()=>{b.textContent=tools.dataset.read};voice.speak(u);b.textContent=tools.dataset.stop}}
const part=1048576,wait=ms=>new Promise(r=>setTimeout(r,ms));
d.querySelectorAll('form[data-grant]').forEach(f=>f.addEventListener('submit',async e=>{
const i=f.querySelector('input[type=file]'),file=i.files[0];if(!file)return;
e.preventDefault();e.stopImmediatePropagation();
const b=f.querySelector('button'),s=f.querySelector('[role=status]'),bar=d.createElement('progress');bar.max=file.size;bar.value=0;bar.setAttribute('aria-label',file.name);b.disabled=true;s.textContent=f.dataset.busy;s.after(bar);
try{
const body=new URLSearchParams({_csrf:f.querySelector('[name=_csrf]').value,name:file.name,type:file.type,size:file.size});
const g=await fetch(f.dataset.grant,{method:'POST',body});const grant=await g.json();if(!g.ok)throw Error(grant.detail);
let at=0,tries=0;
while(at<file.size){let r;
try{r=await fetch('/uploads/'+grant.id,{method:'PATCH',headers:{'content-type':'application/octet-stream','x-upload-token':grant.token,'upload-offset':at},body:file.slice(at,at+part)})}catch{r=null}
if(r&&r.ok){at=(await r.json()).offset;tries=0;bar.value=at;s.textContent=f.dataset.busy+' '+Math.round(at/file.size*100)+'%'}
else if(r&&r.status<500&&r.status!==409&&r.status!==429)throw Error((await r.json()).detail);
else{if(++tries>8)throw Error(f.dataset.failed);s.textContent=f.dataset.retry;await wait(Math.min(1e3*2**tries,15e3));
try{const o=await fetch('/uploads/'+grant.id,{headers:{'x-upload-token':grant.token}});if(o.ok)at=(await o.json()).offset}catch{}}}
location.assign(f.dataset.done.replace('UPLOAD',grant.id).replace('NAME',encodeURIComponent(file.name)))
}catch(x){bar.remove();b.disabled=false;s.textContent=x.message||f.dataset.failed;i.focus()}
}))})()`;
