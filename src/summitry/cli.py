"""The commands: parse, call, print."""
import hashlib, json, sys
import msgspec
from summitry import lexicon, authority
from summitry.model import Article
from summitry.read.reader import read_article
def main():
    args=[a for a in sys.argv[2:] if not a.startswith("--")]
    opts=dict(a[2:].partition("=")[::2] for a in sys.argv[2:] if a.startswith("--"))
    text=open(args[0],encoding="utf-8",newline="").read()
    lang=opts.get("lang") or ("de" if sum(text.count(f" {w} ") for w in ("der","die","und","den"))>sum(text.count(f" {w} ") for w in ("the","of","and","to")) else "en")
    a=Article(id="sha256:"+hashlib.sha256(text.encode()).hexdigest(),text=text,source=args[0],lang=lang,published=opts.get("published") or None)
    r=read_article(a,lexicon.load(lang),authority.load())
    enc=[]
    for x in r.reports:
        d=msgspec.to_builtins(x)
        d["evidence"]=[{"start":q["start"],"end":q["end"],"quote":q["exact"]} for q in d["evidence"]]
        enc.append(d)
    print(json.dumps({"document":{"id":a.id,"lang":lang},"encounters":enc,"claims":[]},ensure_ascii=False))
