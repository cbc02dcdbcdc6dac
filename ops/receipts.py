"""receipts.py SHOGO OUT [IDS|40]: share of the box files' words that `shogo inspect` reads, as multisets, case and punctuation folded.

Run where the folder of the receipts is $RECEIPTS; one line a receipt goes to OUT, the sum to standard output."""
import os,sys,json,subprocess,re,collections,pathlib,unicodedata,resource
D=pathlib.Path(os.environ["RECEIPTS"])
names=[l.strip() for l in open(D/"images_included.txt") if l.strip()]
pick=sys.argv[3] if len(sys.argv)>3 else "all"
if pick=="40": names=names[::7][:20]+names[3::7][:20]
elif pick!="all": names=[n+".jpg" for n in pick.split(",")]
words=lambda t: [w for w in (re.sub(r"[^\w]","",w) for w in unicodedata.normalize("NFKC",t).lower().split()) if w]
out=[]
for n in names:
    truth=collections.Counter()
    for l in open(D/"box"/(n[:-4]+".csv"),encoding="utf-8",errors="replace"):
        p=l.rstrip("\n").split(",",8)
        if len(p)==9: truth.update(words(p[8]))
    u0=resource.getrusage(resource.RUSAGE_CHILDREN)
    r=subprocess.run(["timeout","200",sys.argv[1],"inspect","--json",str(D/"img"/n)],capture_output=True,text=True)
    u1=resource.getrusage(resource.RUSAGE_CHILDREN)
    t=u1.ru_utime+u1.ru_stime-u0.ru_utime-u0.ru_stime
    j=json.loads(r.stdout)
    pg=j.get("pages") or [{}]
    text=pg[0].get("text")
    got=collections.Counter(w for l in (text or {}).get("lines",[]) for w in words(l["text"]))
    hit=sum((truth&got).values())
    rec=hit/max(1,sum(truth.values()))
    out.append((n,rec,sum(got.values()),t,text is None,(text or {}).get("turn"),pg[0].get("dotsPerInch"),pg[0].get("width"),pg[0].get("height"),j.get("remark")))
    print(*out[-1],file=open(sys.argv[2],"a"),flush=True)
print(f"{len(out)} receipts, without text {sum(o[2]==0 for o in out)} (not tried {sum(o[4] for o in out)}), mean recall {sum(o[1] for o in out)/len(out):.4f}, cpu {sum(o[3] for o in out):.1f} s, turned {[o[0] for o in out if o[5]]}")
