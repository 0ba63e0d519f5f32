type Kinds::Point = Object[{attributes => {x => Integer, y => {type => Integer, value => 0}}, constants => {unit => mm}}]
