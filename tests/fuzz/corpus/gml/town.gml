# four people
Creator "a hand"
graph [
  directed 0
  node [ id 5000000000 label "Ann Lee" company "Bo &amp; Sons" graphics [ x 1 y [ z 2 ] ] ]
  node [ id "b" label "Bo" ]
  node [ id 7 label "Zo&#235;" ]
  node [ id 8 label "Dee" ]
  node [ id 9 label "Eve" ]
  edge [ source 5000000000 target "b" weight 2 ]
  edge [ source 5000000000 target 7 ]
  edge [ source b target 7 value 0.5 ] # a comment after a value
  edge [ source 7 target 8 weight 3 color "red" ]
]
